import type { IClaim } from '../claims/storage-claim';
import { block, WorkloadCommands } from '../claims/workload-commands';

/** What a guide is about. */
export interface GuideTopic {
  readonly setName: string;
  readonly claims: readonly IClaim[];
  readonly namespace: string | undefined;
}

/** How to take snapshots that fit together. */
export function guideToTake({ setName, claims, namespace }: GuideTopic): string {
  const commands = new WorkloadCommands(claims, namespace);
  return `# Take the snapshots of ${setName}

Snapshots that are taken while workers write are copies as after a power cut, each of another moment. Pause GitOps tools
first: they would start the workers again.

1. Stop ${commands.user}, after its last checkpoint.

${block(...commands.stop())}

2. Apply the snapshots, and nothing else of the manifests.

${block(`kubectl apply --selector='snapshot-set=${setName}' -f dist/`)}

3. Wait until the copies can be used.

${block(readyWhen(commands, setName))}

4. Start it again.

${block(...commands.start())}
`;
}

/** How to fill the claims of a job from snapshots. */
export function guideToRestore({ setName, claims, namespace }: GuideTopic): string {
  const commands = new WorkloadCommands(claims, namespace);
  const names = claims.map(({ claimName }) => claimName).join(' ');
  return `# Restore ${setName}

The claims take the names that ${commands.user} looks for: its template cannot change. Where none of them is in the
cluster yet, as for a new job, leave out 2 and 3.

1. Wait until the copies can be used.

${block(readyWhen(commands, setName))}

2. Pause GitOps tools, and stop ${commands.user}.

${block(...commands.stop())}

3. Retire the old claims. Note their volumes first: a class that retains keeps them, with what is in them.

${block(commands.on(`get persistentvolumeclaim ${names} -o custom-columns=CLAIM:.metadata.name,VOLUME:.spec.volumeName`),
    commands.on(`delete persistentvolumeclaim ${names}`))}

4. Apply the manifests: the claims come before the workload that uses them.

${block('kubectl apply -f dist/')}

5. See that each claim has a volume, and that the workers go on from the step of the snapshots.

${block(commands.on(`wait --for=jsonpath='{.status.phase}'=Bound persistentvolumeclaim ${names} --timeout=30m`))}
`;
}

function readyWhen(commands: WorkloadCommands, setName: string): string {
  return commands.on(`wait --for=jsonpath='{.status.readyToUse}'=true volumesnapshot --selector='snapshot-set=${setName}' --timeout=60m`);
}
