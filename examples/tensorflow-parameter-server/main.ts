import { MlApp } from 'cdk8s-ml';
import { RecommenderChart } from './chart';

const app = new MlApp();
new RecommenderChart(app, 'tensorflow-parameter-server');
app.synth();
