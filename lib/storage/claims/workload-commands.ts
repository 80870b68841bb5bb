import { ApiObject } from 'cdk8s';
import { homeOf } from './home';
import { JobClaim } from './job-claim';
import type { IClaim } from './storage-claim';

/** The commands of a runbook about claims, each for one namespace. */
export class WorkloadCommands {
  private readonly kubectl: string;
  private readonly workload?: ApiObject;

  constructor(private readonly claims: readonly IClaim[], namespace: string | undefined) {
    this.kubectl = namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
    const claim = claims.find(one => one instanceof JobClaim);
    this.workload = claim && ApiObject.of(homeOf(claim)!);
  }

  /** What uses the claims, for people. */
  public get user(): string {
    return this.workload ? `${this.workload.kind} \`${this.workload.name}\`` : 'whatever mounts the claims';
  }

  /** Ends the pods, and waits until they are gone. */
  public stop(): string[] {
    if (!this.workload) return ['# scale the workload that mounts the claims to 0, and wait until its pods are gone'];
    const { kind, name } = this.workload;
    return [
      kind === 'StatefulSet'
        ? `${this.kubectl} scale statefulset/${name} --replicas=0`
        : `${this.kubectl} patch job/${name} --type=merge --patch='{"spec":{"suspend":true}}'`,
      `${this.kubectl} wait --for=delete pod --selector='app.kubernetes.io/name=${name}' --timeout=10m`,
    ];
  }

  public start(): string[] {
    if (!this.workload) return ['# scale the workload up again'];
    const { kind, name } = this.workload;
    return [
      kind === 'StatefulSet'
        ? `${this.kubectl} scale statefulset/${name} --replicas=${this.claims.length}`
        : `${this.kubectl} patch job/${name} --type=merge --patch='{"spec":{"suspend":false}}'`,
    ];
  }

  /** Deletes the workload, and leaves its pods and claims alone. */
  public orphan(): string {
    if (!this.workload) return '# kubectl delete statefulset/<name> --cascade=orphan';
    return this.on(`delete ${this.workload.kind.toLowerCase()}/${this.workload.name} --cascade=orphan`);
  }

  public on(command: string): string {
    return `${this.kubectl} ${command}`;
  }
}

/** A command or more as a block of Markdown. */
export function block(...commands: string[]): string {
  return ['   ```sh', ...commands.map(command => `   ${command}`), '   ```'].join('\n');
}
