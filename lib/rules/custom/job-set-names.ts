import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isDns1035Label, DNS_LABEL_MAX } from '../../private/name-forms';
import { quoted } from '../values/quote';
import { JOB_SET_REFUSES, JOB_SET_WEBHOOK, jobPath, jobSetSpec } from './job-set';

export const JOB_SET_NAME = errorRule({
  id: 'silent/job-set-name',
  title: 'The jobs, the pods and the service of a JobSet get names that are possible',
  why: `A job is called <job set>-<replicated job>-<index>, and its pods get two more endings. ${JOB_SET_REFUSES}`,
  fix: 'shorten the name of the JobSet or of the replicated job; names start with a letter and have no dots',
  link: JOB_SET_WEBHOOK,
});

export const TRAIN_JOB_NAME = errorRule({
  id: 'silent/train-job-name',
  title: 'The pods of a TrainJob get names that are possible',
  why: 'A TrainJob becomes a JobSet of its name, whose pods are called <name>-node-0-<rank>-<suffix>. The JobSet is refused, and the TrainJob waits for it.',
  fix: 'shorten the name: 48 characters leave room for 10 nodes, 33 for an initializer of a dataset',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_NAME_RULES: readonly Rule[] = [JOB_SET_NAME, TRAIN_JOB_NAME];

const NAME = Path.ROOT.fields('metadata', 'name');
/** What stands for the suffix that is made up for each pod. */
const SUFFIX = '-abcde';
const LETTER = 'a name that starts with a letter and has lower-case letters, digits and dashes only';

/** Judges the names that the controller makes of a JobSet's. */
export function checkJobSetNames(subject: Subject): void {
  const { name } = subject.manifest;
  const { spec, path, jobs } = jobSetSpec(subject);
  const subdomain: string | undefined = spec.network?.subdomain;
  if (subdomain !== undefined && subdomain !== '' && !isDns1035Label(subdomain)) {
    subject.report(JOB_SET_NAME, path.fields('network', 'subdomain'), { expected: `${LETTER}, at most ${DNS_LABEL_MAX} of them`, found: quoted(subdomain) });
  }
  for (let i = 0; i < jobs.length; i++) {
    const group: string | undefined = jobs[i].groupName;
    if (group !== undefined && !isDns1035Label(group)) {
      subject.report(JOB_SET_NAME, jobPath(path, i).field('groupName'), { expected: `${LETTER}, at most ${DNS_LABEL_MAX} of them`, found: quoted(group) });
    }
    if (name !== '') checkDerived(subject, name, jobs[i], jobPath(path, i).field('name'));
  }
}

function checkDerived(subject: Subject, name: string, job: Json, path: Path): void {
  const longest = longestName(name, job);
  if (isDns1035Label(longest)) return;
  const isLong = longest.length > DNS_LABEL_MAX;
  subject.report(JOB_SET_NAME, path, {
    expected: isLong ? `names of pods of at most ${DNS_LABEL_MAX} characters` : LETTER,
    found: isLong ? `${quoted(longest)} of ${longest.length}` : quoted(longest),
    ...isLong ? { fix: `take ${longest.length - DNS_LABEL_MAX} characters off the name of the JobSet or of the replicated job` } : {},
  });
}

/** Of a pod where its rank is part of it, else of a job. */
function longestName(name: string, { name: role = '', replicas = 1, template }: Json): string {
  const { completionMode = 'Indexed', completions }: Json = template?.spec ?? {};
  const job = `${name}-${role}-${Math.max(0, replicas - 1)}`;
  return completionMode === 'Indexed' && completions !== undefined ? `${job}-${Math.max(0, completions - 1)}${SUFFIX}` : job;
}

/** The same for a TrainJob: the replicated jobs of the runtimes have fixed names. */
export function checkTrainJobNames(subject: Subject): void {
  const { name } = subject.manifest;
  const { trainer, initializer }: Json = subject.json.spec ?? {};
  if (name === '' || name.length > DNS_LABEL_MAX) return;
  const rank = Math.max(0, (trainer?.numNodes ?? 1) - 1);
  const longest = initializer?.dataset !== undefined ? `${name}-dataset-initializer-0-0${SUFFIX}`
    : initializer?.model !== undefined ? `${name}-model-initializer-0-0${SUFFIX}` : `${name}-node-0-${rank}${SUFFIX}`;
  if (longest.length <= DNS_LABEL_MAX) return;
  subject.report(TRAIN_JOB_NAME, NAME, {
    expected: `names of pods of at most ${DNS_LABEL_MAX} characters`,
    found: `${quoted(longest)} of ${longest.length}`,
    fix: `take ${longest.length - DNS_LABEL_MAX} characters off the name`,
  });
}
