import type { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { checkLabels } from '../../private/labels';
import { checkAboveZero } from '../../private/size-checks';
import { checkUserId } from '../../private/int32-checks';
import { checkSameNamespace, homeOf } from '../claims/home';
import type { NodeCacheProps } from './node-cache';

const SECURITY_DOCS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline';

/** @throws ValidationError naming every prop that cannot work */
export function checkNodeCache(scope: Construct, props: NodeCacheProps): void {
  const problems = new ProblemCollector(scope, 'NodeCache');
  if (props.acceptNodeLocalAndUnrestricted !== true) {
    problems.error({
      ruleId: 'sec/host-path',
      path: 'acceptNodeLocalAndUnrestricted',
      expected: 'true: the copy stays on one node, and a namespace with the baseline standard refuses the pods',
      found: String(props.acceptNodeLocalAndUnrestricted),
      fix: 'use copiedTo() of the dataset, or set it to true',
      link: SECURITY_DOCS,
    });
  }
  if (!/^\/[^/]/.test(props.hostPath) || props.hostPath.split('/').includes('..')) {
    problems.error({
      ruleId: 'api/host-path', path: 'hostPath', expected: 'an absolute path below `/`, without `..`', found: JSON.stringify(props.hostPath), fix: 'name where the disk is mounted, as /mnt/nvme',
    });
  }
  if (Object.keys(props.nodeSelector).length === 0) {
    problems.error({
      ruleId: 'props/required', path: 'nodeSelector', expected: 'a label of the nodes that have the disk', found: 'none, so every node',
      fix: "name it, as { 'nvidia.com/gpu.present': 'true' }",
    });
  }
  checkLabels('nodeSelector', props.nodeSelector, problems);
  const claim = props.dataset.claimName;
  checkSameNamespace(homeOf(props.dataset), scope, { path: 'dataset', what: `the dataset ${claim}` }, problems);
  if (props.memory) checkAboveZero(props.memory, { path: 'memory', fix: 'set `memory`, or leave it out' }, problems);
  checkUserId(props.runAsUser, { path: 'runAsUser', fix: 'set `runAsUser`, or leave it out' }, problems);
  problems.throwIfAny();
}
