import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { KubernetesVersion, MlApp } from '../../lib';
import { hasReached, TARGET_CONTEXT, targetOf } from '../../lib/private/target';

const { V1_27, V1_28, V1_33, V1_36 } = KubernetesVersion;

test('the target is the one of the app, however deep a construct is', () => {
  const app = new MlApp({ target: V1_28 });
  expect(targetOf(new Construct(new Chart(app, 'chart'), 'construct'))).toBe(V1_28);
});

test('the target of an app that names none is 1.33', () => {
  expect(targetOf(new MlApp())).toBe(V1_33);
  expect(targetOf(new Chart(new App(), 'chart'))).toBe(V1_33);
});

test('a plain app can name its target by context', () => {
  const app = new App();
  app.node.setContext(TARGET_CONTEXT, V1_27);
  expect(targetOf(new Chart(app, 'chart'))).toBe(V1_27);
});

test('releases are compared as numbers', () => {
  expect(hasReached(V1_28, V1_28)).toBe(true);
  expect(hasReached(V1_27, V1_28)).toBe(false);
  expect(hasReached(V1_36, V1_27)).toBe(true);
  expect(hasReached('1.100' as KubernetesVersion, V1_36)).toBe(true);
});
