import { App } from 'cdk8s';
import { TrainingChart } from './chart';

const app = new App();
new TrainingChart(app, 'training');
app.synth();
