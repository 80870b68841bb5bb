import { MlApp } from 'cdk8s-ml';
import { addCharts } from './chart';

const app = new MlApp();
addCharts(app);
app.synth();
