import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDnsLabel } from '../../lib/private/name-forms';
import { GATE_PREFIX, mountsOf, volumesFor } from '../../lib/private/pod-volumes';
import { Mount, MountedVolume } from '../../lib/storage/volumes/mount';

const volume = (hint: string): MountedVolume => ({ hint, source: { emptyDir: {} } });
const at = (path: string, of: MountedVolume): Mount => Mount._of({ volume: of, path });

describe('volumes of a pod', () => {
  test('are named after what they hold', () => {
    expect(volumesFor([at('/a', volume('imagenet')), at('/b', volume('My_Claim.v1'))]).volumes.map(({ name }) => name)).toEqual(['imagenet', 'my-claim-v1']);
  });

  test('are told apart by numbers, also from names that are taken', () => {
    const { volumes } = volumesFor(['a', 'a', 'b'].map((hint, i) => at(`/${i}`, volume(hint))), ['a', 'b-2']);
    expect(volumes.map(({ name }) => name)).toEqual(['a-2', 'a-3', 'b']);
  });

  test('are one for each volume, with a mount for each path', () => {
    const shared = volume('a');
    const mounts = [at('/1', shared), at('/2', volume('b')), at('/3', shared)];
    const volumes = volumesFor(mounts);
    const { volumeMounts } = mountsOf(mounts, volumes);
    expect(volumes.volumes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(volumeMounts.map(({ name, mountPath }) => `${name} ${mountPath}`)).toEqual(['a /1', 'b /2', 'a /3']);
  });

  test('have valid names that leave room for a gate, whatever the hints', () => {
    const hints = fc.array(fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom('a', 'x'.repeat(200), '-', 'ÄÖ', '')), { maxLength: 12 });
    fc.assert(fc.property(hints, list => {
      const names = volumesFor(list.map((hint, i) => at(`/${i}`, volume(hint)))).volumes.map(({ name }) => name);
      expect(new Set(names).size).toBe(list.length);
      expect(names.every(name => isDnsLabel(name) && isDnsLabel(GATE_PREFIX + name))).toBe(true);
    }), { seed: 20261120, numRuns: 200 });
  });
});
