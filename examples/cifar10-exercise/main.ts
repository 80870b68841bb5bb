import { MlApp } from 'cdk8s-ml';
import { Cifar10Chart } from './chart';

const app = new MlApp();
new Cifar10Chart(app, 'cifar10-exercise');
app.synth();
