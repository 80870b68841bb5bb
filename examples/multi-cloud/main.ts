import { join } from 'node:path';
import { MlApp } from 'cdk8s-ml';
import { PLATFORMS, TeamChart } from './chart';

// an app is what goes to one cluster
for (const [name, platform] of Object.entries(PLATFORMS)) {
  const app = new MlApp({ outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', name) });
  new TeamChart(app, 'team', platform);
  app.synth();
}
