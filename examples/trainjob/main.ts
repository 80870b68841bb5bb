import { MlApp } from 'cdk8s-ml';
import { TrainJobChart } from './chart';

const app = new MlApp();
new TrainJobChart(app, 'trainjob');
app.synth();
