import { MlApp } from 'cdk8s-ml';
import { HorovodChart } from './chart';

const app = new MlApp();
new HorovodChart(app, 'horovod-mpijob');
app.synth();
