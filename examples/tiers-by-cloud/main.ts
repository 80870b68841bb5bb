import { join } from 'node:path';
import { MlApp } from 'cdk8s-ml';
import { AwsTiers, AzureTiers, GcpTiers, OnPremisesTiers } from './chart';

// an app is what goes to one cluster: the tiers have the same names in each
for (const [cloud, Tiers] of Object.entries({ 'aws': AwsTiers, 'azure': AzureTiers, 'gcp': GcpTiers, 'on-premises': OnPremisesTiers })) {
  const app = new MlApp({ outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', cloud) });
  new Tiers(app, 'tiers');
  app.synth();
}
