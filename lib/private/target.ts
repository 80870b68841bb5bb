import type { IConstruct } from 'constructs';
import { KubernetesVersion } from '../kubernetes-version';

/** Context key under which an app tells its constructs the target; context needs no import of the app and no own base class. */
export const TARGET_CONTEXT = 'cdk8s-ml:target';

/** 1.33: the oldest release in which every feature used here is stable, so its output runs on all later ones. */
export const DEFAULT_TARGET = KubernetesVersion.V1_33;

/** The target of the app that `scope` lives in; the default in an app that names none (a plain cdk8s `App`). */
export function targetOf(scope: IConstruct): KubernetesVersion {
  return scope.node.tryGetContext(TARGET_CONTEXT) ?? DEFAULT_TARGET;
}

/** Whether `target` is `since` or newer. */
export function hasReached(target: KubernetesVersion, since: KubernetesVersion): boolean {
  return minorOf(target) >= minorOf(since);
}

/** 33 of 1.33. */
export function minorOf(version: KubernetesVersion): number {
  return Number(version.slice(version.indexOf('.') + 1));
}
