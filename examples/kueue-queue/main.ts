import { MlApp } from 'cdk8s-ml';
import { QueuedChart } from './chart';

const app = new MlApp();
new QueuedChart(app, 'kueue-queue');
app.synth();
