import { describe, expect, test } from 'vitest';
import { KubernetesVersion, ManifestChecker, ManifestCheckerProps, Outcome, Severity, Suppression } from '../../lib';
import { errorsOf } from '../support/findings';
import { objectsIn } from '../support/checker';

const LATEST = { target: KubernetesVersion.V1_36, today: '2026-06-01' };
/** Two things are wrong with it: the restart policy and the name of its container. */
const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: ml }
spec:
  template:
    spec:
      restartPolicy: Always
      containers: [{ name: Main, image: ghcr.io/acme/load:1.0 }]
`;
const RESTART = 'spec.template.spec.restartPolicy';

function pathsOf(yaml: string, props: ManifestCheckerProps = {}): string[] {
  return new ManifestChecker({ ...LATEST, ...props }).check(objectsIn(yaml)).violations(Severity.ERROR).map(({ path }) => path);
}

/** The id of the rule that minds the restart policy. */
function restartRule(): string {
  return new ManifestChecker(LATEST).check(objectsIn(JOB)).findings.find(({ path }) => path === RESTART)!.ruleId;
}

function annotated(text: string): any[] {
  const [job] = objectsIn(JOB);
  job.metadata.annotations = { 'cdk8s-ml/ignore': text };
  return [job];
}

describe('a checker', () => {
  test('says of each finding what it is about', () => {
    const finding = new ManifestChecker(LATEST).check(objectsIn(JOB)).findings.find(({ path }) => path === RESTART)!;
    expect(finding).toMatchObject({
      severity: Severity.ERROR, outcome: Outcome.VIOLATED, apiVersion: 'batch/v1', kind: 'Job', namespace: 'ml', name: 'load', path: RESTART,
    });
    expect(finding.ruleId).toMatch(/^api\//);
    expect(finding.link).toMatch(/^https:/);
  });

  test('names all problems at once', () => {
    expect(pathsOf(JOB).sort()).toEqual(['spec.template.spec.containers[0].name', RESTART]);
  });

  test('looks into lists, and past empty documents', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [null, { apiVersion: 'v1', kind: 'List', items: objectsIn(JOB) }] };
    const report = new ManifestChecker(LATEST).check([null, list, undefined]);
    expect(report.objects).toBe(1);
    expect(report.violations(Severity.ERROR)).toHaveLength(2);
  });

  test('tells only what is wrong with the shape where a missing field follows from it', () => {
    const found = pathsOf(JOB.replace('containers: [{ name: Main, image: ghcr.io/acme/load:1.0 }]', 'containers: none'));
    expect(found.sort()).toEqual(['spec.template.spec.containers', RESTART]);
  });

  test.each([[{}, 'a plain object'], [null, 'none'], ['kind: Pod', '"kind: Pod"']])('takes a list and not %o', (manifests, found) => {
    expect(() => new ManifestChecker().check(manifests as any)).toThrow(new TypeError(`expected a list of objects, found ${found}`));
  });

  test('refuses what it cannot work with, all of it at once', () => {
    expect(errorsOf(() => new ManifestChecker({
      target: '1.12' as any, external: ['Secret', {}, 'Secret/ml/hub', { kind: 'StorageClass', name: 'gp3' }],
      suppressions: [
        { rule: 'api/imag', reason: ' ' }, { rule: 'nothing/*', reason: 'r' }, { rule: 'api/image', reason: 'r', until: '2027-02-31' },
      ],
    }))).toEqual([
      'props/checker | target: expected a Kubernetes release from 1.27 to 1.36, found "1.12" | take one of KubernetesVersion',
      "props/checker | external[0]: expected an object with its kind and name, found \"Secret\" | declare it as 'Secret/ml-training/hub', or as a manifest",
      "props/checker | external[1]: expected an object with its kind and name, found a plain object | declare it as 'Secret/ml-training/hub', or as a manifest",
      'props/checker | suppressions[0].reason: expected why the finding is lived with, found " " | say why',
      'props/checker | suppressions[0].rule: expected the id of a rule, or `<family>/*`, found "api/imag" | did you mean api/image?',
      'props/checker | suppressions[1].rule: expected the id of a rule, or `<family>/*`, found "nothing/*" | take one of docs/rules.md',
      'props/checker | suppressions[2].until: expected a day such as 2027-01-31, found "2027-02-31" | write it as year-month-day',
    ]);
  });
});

const READER = `
apiVersion: v1
kind: Pod
metadata: { name: reader, namespace: ml }
spec:
  containers: [{ name: main, image: ghcr.io/acme/read:1.0, volumeMounts: [{ name: data, mountPath: /data }] }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: imagenet } }]
`;
const CLAIM_NAME = 'spec.volumes[0].persistentVolumeClaim.claimName';

describe('what is outside the bundle', () => {
  const at = (props: ManifestCheckerProps): [string, string][] => new ManifestChecker({ ...LATEST, ...props }).check(objectsIn(READER))
    .findings.filter(({ path }) => path === CLAIM_NAME).map(({ outcome, severity }) => [outcome, severity]);

  test('is unresolved while nobody declared it', () => expect(at({})).toEqual([[Outcome.UNRESOLVED, Severity.INFO]]));
  test('is missing where nothing else exists', () => expect(at({ assumeComplete: true })).toEqual([[Outcome.VIOLATED, Severity.ERROR]]));
  test.each<[string, any]>([
    ['in short', 'PersistentVolumeClaim/ml/imagenet'],
    ['as an object', { kind: 'PersistentVolumeClaim', namespace: 'ml', name: 'imagenet' }],
    ['as a manifest', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'imagenet', namespace: 'ml' } }],
  ])('can be declared %s', (_, external) => expect(at({ assumeComplete: true, external: [external] })).toEqual([]));
  test('is another one in another namespace', () => {
    expect(at({ assumeComplete: true, external: ['PersistentVolumeClaim/other/imagenet'] })).toEqual([[Outcome.VIOLATED, Severity.ERROR]]);
  });
  test('is not judged itself', () => {
    const checker = new ManifestChecker({ ...LATEST, external: [{ ...objectsIn(JOB)[0], spec: 5 }] });
    expect(checker.check([]).findings).toEqual([]);
  });
});

describe('a suppression', () => {
  test('by annotation takes out its rule, and is told with its reason', () => {
    const report = new ManifestChecker(LATEST).check(annotated(`${restartRule()}: the operator rewrites it`));
    expect(report.violations(Severity.ERROR).map(({ path }) => path)).toEqual(['spec.template.spec.containers[0].name']);
    expect(report.suppressed).toMatchObject([{ reason: 'the operator rewrites it', finding: { path: RESTART } }]);
  });

  test('by annotation can name a family, several rules and a last day', () => {
    expect(new ManifestChecker(LATEST).check(annotated('api/*: a fixture')).findings).toEqual([]);
    const text = `train/* : a fixture\n\n${restartRule()} until 2026-06-01: until the next release\n`;
    expect(new ManifestChecker(LATEST).check(annotated(text)).suppressed).toMatchObject([{ until: '2026-06-01' }]);
  });

  test.each([
    ['without a reason', 'api/template-restart-policy', 'out/suppression-form', '"api/template-restart-policy"'],
    ['with an empty reason', 'api/template-restart-policy:  ', 'out/suppression-form', '"api/template-restart-policy:"'],
    ['of a rule that is none', 'sec/hostpath: x', 'out/suppression-form', '"sec/hostpath"'],
    ['of everything', '*: x', 'out/suppression-form', '"*"'],
    ['until a day that is none', 'api/name until 2026-13-45: x', 'out/suppression-form', '"api/name until 2026-13-45: x"'],
    ['until no day', 'api/template-restart-policy until May: why not', 'out/suppression-form', '"api/template-restart-policy until May: why not"'],
    ['past its day', 'api/template-restart-policy until 2026-05-31: later', 'out/suppression-expired', '2026-05-31'],
  ])('%s suppresses nothing and is reported', (_, text, rule, said) => {
    const report = new ManifestChecker(LATEST).check(annotated(text));
    expect(report.suppressed).toEqual([]);
    expect(report.findings.filter(({ ruleId }) => ruleId === rule)).toMatchObject([{
      severity: Severity.WARNING, path: 'metadata.annotations[cdk8s-ml/ignore]', found: said,
    }]);
  });

  test.each<[string, Partial<Suppression>, number]>([
    ['everywhere', {}, 1],
    ['of the kind', { kind: 'Job' }, 1],
    ['of another kind', { kind: 'CronJob' }, 0],
    ['in the namespace', { namespace: 'ml' }, 1],
    ['in another namespace', { namespace: 'dev' }, 0],
    ['of the name', { name: 'load' }, 1],
    ['of another name', { name: 'train' }, 0],
    ['of a construct', { constructPath: 'app' }, 0],
    ['past its day', { until: '2026-05-31' }, 0],
  ])('by the settings counts %s', (_, limits, count) => {
    const checker = new ManifestChecker({ ...LATEST, suppressions: [{ rule: restartRule(), reason: 'a fixture', ...limits }] });
    expect(checker.check(objectsIn(JOB)).suppressed).toHaveLength(count);
  });

  test('by the settings past its day is reported', () => {
    const checker = new ManifestChecker({ ...LATEST, suppressions: [{ rule: 'api/name', reason: 'a fixture', until: '2026-05-31' }] });
    expect(checker.check([]).findings.map(({ message }) => message)).toEqual(['suppressions: expected a day from 2026-06-01 on for api/name, found 2026-05-31']);
  });
});

describe('a report', () => {
  test('says what there is where it is asked for something else', () => {
    const report: any = new ManifestChecker().check([]);
    expect(() => report.render('xml')).toThrow(new TypeError('expected a format, one of text, json, sarif, junit, github, found "xml"'));
    expect(() => report.passes('foo')).toThrow(new TypeError('expected a severity, one of error, warning, info, found "foo"'));
    expect(() => report.violations(1)).toThrow(new TypeError('expected a severity, one of error, warning, info, found 1'));
  });

  test('counts violations from a severity on, and nothing that is unresolved', () => {
    const report = new ManifestChecker(LATEST).check(objectsIn(READER));
    expect(report.passes()).toBe(true);
    expect(report.unresolved.map(({ path }) => path)).toContain(CLAIM_NAME);
    const broken = new ManifestChecker(LATEST).check(objectsIn(JOB));
    expect([broken.passes(), broken.violations(Severity.ERROR).length]).toEqual([false, 2]);
  });
});
