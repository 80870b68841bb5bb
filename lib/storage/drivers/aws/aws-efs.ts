import type { ProblemSink } from '../../../findings/collector';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { accessPointParameters, checkAccessPoints } from './aws-access-points';
import { checkExistingEfs } from './aws-efs-checks';
import { AWS_EFS, AWS_EFS_ONE_ZONE, AWS_EFS_TYPES, EFS_PARAMETERS_LINK } from './aws-efs-facts';
import { AwsEfsAccessPointsProps, AwsEfsExistingProps, AwsEfsStorageClass } from './aws-efs-props';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { checkSecret, secretParameters } from '../secrets';

/**
 * File systems of Amazon EFS, for any number of nodes. The size of a claim limits nothing.
 *
 * @example
 *
 * AwsEfs.existing('fs-0123456789abcdef0', { accessPointId: 'fsap-0123456789abcdef0' });
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
 */
export class AwsEfs {
  /** A new access point, in a file system that exists, for each claim. */
  public static accessPoints(props: AwsEfsAccessPointsProps): StorageBackend {
    const { storageClass, roleSecret, enforceZoneAffinity } = props;
    return StorageBackend._of({
      driver: enforceZoneAffinity === true ? AWS_EFS_ONE_ZONE : AWS_EFS,
      type: storageClass === AwsEfsStorageClass.INFREQUENT_ACCESS ? AWS_EFS_TYPES.infrequentAccess : AWS_EFS_TYPES.standard,
      parameters: {
        ...accessPointParameters('efs-ap', props),
        az: props.az,
        enforceZoneAffinity,
        reuseAccessPoint: props.reuseAccessPoint,
        ...secretParameters(roleSecret, ['provisioner']),
      },
      check: sink => {
        checkAccessPoints(props, sink);
        checkOneOf('storageClass', storageClass, AwsEfsStorageClass, EFS_PARAMETERS_LINK, sink);
        for (const path of ['enforceZoneAffinity', 'reuseAccessPoint'] as const) checkSwitch(path, props[path], EFS_PARAMETERS_LINK, sink);
        checkZone(props, sink);
        checkSecret('roleSecret', roleSecret, sink);
      },
    });
  }

  /** A file system that exists, or a directory or access point of it. */
  public static existing(fileSystemId: string, props: AwsEfsExistingProps = {}): FileSystem {
    return existingFileSystem(fileSystemId, '', props);
  }

  private constructor() {}
}

/**
 * A file system of EFS, or of another service of which the handle says so.
 *
 * @internal
 */
export function existingFileSystem(fileSystemId: string, service: string, props: AwsEfsExistingProps): FileSystem {
  const { path, accessPointId, encryptInTransit, mountTargetIp, crossAccount, mountOptions } = props;
  const place = accessPointId !== undefined ? `${fileSystemId}:${path ?? ''}:${accessPointId}`
    : path !== undefined ? `${fileSystemId}:${path}` : fileSystemId;
  const volumeHandle = `${service}${place}`;
  const volumeAttributes = {
    ...(encryptInTransit === false && { encryptInTransit: 'false' }),
    ...(mountTargetIp !== undefined && { mounttargetip: mountTargetIp }),
    ...(crossAccount !== undefined && { crossaccount: String(crossAccount) }),
  };
  return FileSystem._of({
    driver: AWS_EFS,
    description: volumeHandle,
    source: {
      csi: { driver: AWS_EFS.provisioner, volumeHandle, ...(Object.keys(volumeAttributes).length > 0 && { volumeAttributes }) },
    },
    mountOptions,
    check: sink => checkExistingEfs(fileSystemId, props, sink),
  });
}

function checkZone({ az, roleSecret }: AwsEfsAccessPointsProps, sink: ProblemSink): void {
  checkShape(az, {
    ruleId: 'driver/efs-zone', path: 'az', pattern: /^[a-z]{2}(-[a-z0-9]+)+[a-z]$/, expected: 'the name of a zone', example: 'us-east-1a', link: EFS_PARAMETERS_LINK,
  }, sink);
  if (az !== undefined && !roleSecret) {
    sink.warn({
      ruleId: 'driver/efs-zone', path: 'az', expected: '`roleSecret` beside it: the driver looks at the zone for file systems of other accounts only',
      found: 'none', fix: 'leave `az` out, or name the Secret with the role of the other account', link: EFS_PARAMETERS_LINK,
    });
  }
}
