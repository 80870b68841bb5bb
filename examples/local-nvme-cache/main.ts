import { MlApp } from 'cdk8s-ml';
import { LocalNvmeChart } from './chart';

const app = new MlApp();
new LocalNvmeChart(app, 'local-nvme-cache');
app.synth();
