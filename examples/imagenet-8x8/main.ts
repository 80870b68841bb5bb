import { MlApp } from 'cdk8s-ml';
import { ImagenetChart } from './chart';

const app = new MlApp();
new ImagenetChart(app, 'imagenet-8x8');
app.synth();
