import { MlApp } from 'cdk8s-ml';
import { ElasticChart } from './chart';

const app = new MlApp();
new ElasticChart(app, 'pytorch-elastic');
app.synth();
