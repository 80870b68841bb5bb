import { MlApp } from 'cdk8s-ml';
import { StaticNfsChart } from './chart';

const app = new MlApp();
new StaticNfsChart(app, 'static-nfs');
app.synth();
