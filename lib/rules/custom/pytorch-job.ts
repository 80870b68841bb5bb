import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isDns1035Label } from '../../private/name-forms';
import { oneOf, quoted } from '../values/quote';

const WEBHOOK = 'https://github.com/kubeflow/trainer/blob/release-1.9/pkg/webhooks/pytorch/pytorchjob_webhook.go';
const REFUSED = 'The webhook of the training operator refuses the PyTorchJob.';

export const PYTORCH_REPLICAS = errorRule({
  id: 'silent/pytorch-replicas',
  title: 'A PyTorchJob has one master, and workers if any',
  why: REFUSED,
  fix: 'name the roles Master and Worker; a master has replicas: 1, an elasticPolicy needs workers',
  link: WEBHOOK,
});

export const PYTORCH_CONTAINER = errorRule({
  id: 'silent/pytorch-container',
  title: 'The container that trains in a PyTorchJob is called pytorch',
  why: `The operator gives the addresses and the ranks to the container of that name. ${REFUSED}`,
  fix: 'call the container pytorch, and give it an image',
  link: WEBHOOK,
});

export const PYTORCH_NAME = errorRule({
  id: 'silent/pytorch-name',
  title: 'The name of a PyTorchJob can be that of a service',
  why: REFUSED,
  fix: 'write at most 63 lower-case letters, digits and dashes, of which the first is a letter',
  link: WEBHOOK,
});

export const PYTORCH_RULES: readonly Rule[] = [PYTORCH_REPLICAS, PYTORCH_CONTAINER, PYTORCH_NAME];

const NAME = Path.ROOT.fields('metadata', 'name');
const SPEC = Path.ROOT.field('spec');
const REPLICAS = SPEC.field('pytorchReplicaSpecs');
const ROLES = ['Master', 'Worker'];
const CONTAINER = 'pytorch';

/** Judges a PyTorchJob as its webhook does. */
export function checkPyTorchJob(subject: Subject): void {
  const { name } = subject.manifest;
  const spec: Json = subject.json.spec ?? {};
  const replicas: Json = spec.pytorchReplicaSpecs ?? {};
  if (name !== '' && !isDns1035Label(name)) {
    subject.report(PYTORCH_NAME, NAME, { expected: 'a DNS label that starts with a letter', found: quoted(name) });
  }
  if (spec.elasticPolicy !== undefined && replicas.Worker === undefined) {
    subject.report(PYTORCH_REPLICAS, REPLICAS.key('Worker'), { expected: 'workers beside an elasticPolicy', found: 'none' });
  }
  if (spec.elasticPolicy?.nProcPerNode !== undefined && spec.nprocPerNode !== undefined) {
    subject.report(PYTORCH_REPLICAS, SPEC.fields('elasticPolicy', 'nProcPerNode'), {
      expected: 'either spec.nprocPerNode or this', found: 'both', fix: 'leave elasticPolicy.nProcPerNode out',
    });
  }
  for (const role of Object.keys(replicas)) checkRole(subject, role, replicas[role] ?? {});
}

function checkRole(subject: Subject, role: string, { replicas, template }: Json): void {
  const path = REPLICAS.key(role);
  if (!ROLES.includes(role)) return subject.report(PYTORCH_REPLICAS, path, { expected: oneOf(ROLES), found: quoted(role) });
  if (replicas !== undefined && (role === 'Master' ? replicas !== 1 : replicas < 1)) {
    subject.report(PYTORCH_REPLICAS, path.field('replicas'), { expected: role === 'Master' ? '1' : 'at least 1', found: String(replicas) });
  }
  const containers: readonly Json[] = template?.spec?.containers ?? [];
  const at = path.fields('template', 'spec', 'containers');
  const trains = containers.findIndex(({ name }) => name === CONTAINER);
  if (trains < 0) {
    subject.report(PYTORCH_CONTAINER, at, { expected: `a container called ${CONTAINER}`, found: oneOf(containers.map(({ name }) => quoted(name))) || 'none' });
  } else if (!containers[trains].image) {
    subject.report(PYTORCH_CONTAINER, at.index(trains).field('image'), { expected: 'an image', found: 'none' });
  }
}
