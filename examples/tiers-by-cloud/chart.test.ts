import { MlApp } from 'cdk8s-ml';
import { describe, expect, test } from 'vitest';
import { AwsTiers, AzureTiers, GcpTiers, OnPremisesTiers } from './chart';

const CLOUDS = { AWS: AwsTiers, Azure: AzureTiers, Google: GcpTiers, 'on premises': OnPremisesTiers };

describe.each(Object.entries(CLOUDS))('tiers on %s', (_, Tiers) => {
  const manifests: any[] = new Tiers(new MlApp(), 'tiers').toJson();

  test('the classes are what they were', () => {
    expect(manifests).toMatchSnapshot();
  });

  test('volumes stay unless they can be loaded again', () => {
    for (const { metadata, reclaimPolicy } of manifests) expect(reclaimPolicy).toBe(metadata.name === 'cache' ? 'Delete' : 'Retain');
  });
});

test('a chart that claims one of the four tiers moves between the clouds', () => {
  for (const Tiers of [AwsTiers, AzureTiers, GcpTiers]) {
    const names = new Tiers(new MlApp(), 'tiers').toJson().map(({ metadata }: any) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['ultra-fast', 'fast', 'balanced', 'archive']));
  }
});
