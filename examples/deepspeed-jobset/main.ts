import { MlApp } from 'cdk8s-ml';
import { DeepspeedChart } from './chart';

const app = new MlApp();
new DeepspeedChart(app, 'deepspeed-jobset');
app.synth();
