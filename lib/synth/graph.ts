import type { Dependencies, Group } from './dependencies';

/** A range of the tree's constructs, put in an order that its dependencies allow, or the reason why there is none. */
export type Sorted =
  | { readonly order: readonly number[]; readonly cycle?: undefined }
  | { readonly order?: undefined; readonly cycle: readonly number[] };

/** How far a construct is: not seen, on the way down to it or below it, in the order. */
const [NEW, OPEN, DONE] = [0, 1, 2];

/** A construct on the way down, with how far its dependencies have been looked at. */
interface Frame {
  readonly vertex: number;
  direct: number;
  group: number;
  member: number;
}

const NOTHING: readonly number[] = [];

/**
 * Dependencies first, in the order in which cdk8s's `DependencyGraph` has them: depth first from the constructs that
 * nothing depends on. cdk8s walks every path there is, of which layered dependencies have exponentially many; here each
 * construct is visited once, and each group too, without recursion.
 *
 * @param vertices the constructs of the range `first` up to `end`, in the order in which roots are to be tried
 */
export function sort(vertices: readonly number[], first: number, end: number, dependencies: Dependencies): Sorted {
  const inRange = (index: number): boolean => index >= first && index < end;
  const directOf = (vertex: number): readonly number[] => dependencies.direct.get(vertex) ?? NOTHING;
  const state = new Uint8Array(end - first);
  const walked = new Set<Group>();
  const order: number[] = [];
  const open: Frame[] = [];

  const enter = (vertex: number): void => {
    state[vertex - first] = OPEN;
    open.push({ vertex, direct: 0, group: 0, member: 0 });
  };

  const nextDependency = (frame: Frame): number | undefined => {
    const direct = directOf(frame.vertex);
    while (frame.direct < direct.length) {
      const target = direct[frame.direct++];
      if (inRange(target)) return target;
    }
    const groups = dependencies.groups[frame.vertex];
    for (; frame.group < groups.length; frame.group++, frame.member = 0) {
      const group = groups[frame.group];
      if (group.end <= first || group.first >= end || walked.has(group)) continue;
      while (frame.member < group.members.length) {
        const target = group.members[frame.member++];
        // an object that is below what it depends on does not wait for itself
        if (target !== frame.vertex && inRange(target)) return target;
      }
      if (frame.vertex < group.first || frame.vertex >= group.end) walked.add(group);
    }
    return undefined;
  };

  const visit = (root: number): readonly number[] | undefined => {
    if (state[root - first] !== NEW) return undefined;
    enter(root);
    while (open.length > 0) {
      const frame = open[open.length - 1];
      const target = nextDependency(frame);
      if (target === undefined) {
        open.pop();
        state[frame.vertex - first] = DONE;
        order.push(frame.vertex);
      } else if (state[target - first] === NEW) {
        enter(target);
      } else if (state[target - first] === OPEN) {
        const way = open.map(({ vertex }) => vertex);
        return [...way.slice(way.indexOf(target)), target];
      }
    }
    return undefined;
  };

  const dependedOn = inbound(vertices, first, end, dependencies);
  const roots = vertices.filter(vertex => dependedOn[vertex - first] === 0);
  // what the roots do not lead to is a cycle or depends on one
  for (const vertex of [...roots, ...vertices]) {
    const cycle = visit(vertex);
    if (cycle) return { cycle };
  }
  return { order };
}

/** Which constructs of the range another one of it depends on. */
function inbound(vertices: readonly number[], first: number, end: number, { direct, groups }: Dependencies): Uint8Array {
  const marks = new Uint8Array(end - first);
  const mark = (target: number): void => {
    if (target >= first && target < end) marks[target - first] = 1;
  };
  // a member of a group does not depend on itself, so one user alone does not mark itself
  const users = new Map<Group, number | 'several'>();
  for (const vertex of vertices) {
    direct.get(vertex)?.forEach(mark);
    for (const group of groups[vertex]) {
      const user = users.get(group);
      if (user === undefined) users.set(group, vertex);
      else if (user !== vertex) users.set(group, 'several');
    }
  }
  for (const [group, user] of users) {
    if (group.end <= first || group.first >= end) continue;
    for (const member of group.members) if (member !== user) mark(member);
  }
  return marks;
}
