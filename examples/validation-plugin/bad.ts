import { App } from 'cdk8s';
import { BadTrainingChart } from './chart';

const app = new App();
new BadTrainingChart(app, 'training');
app.synth();
