import type { ProblemSink } from '../../../findings/collector';
import { checkAccessPoint, checkFileSystemRef, checkIdentity } from './aws-efs-checks';
import { EFS_PARAMETERS_LINK } from './aws-efs-facts';
import type { AwsAccessPointsProps } from './aws-efs-props';
import { checkSwitch } from '../checks';

/** Parameters that access points of EFS and of S3 Files have in common. */
export function accessPointParameters(
  provisioningMode: 'efs-ap' | 's3files-ap', props: AwsAccessPointsProps,
): Record<string, string | number | boolean | undefined> {
  // the range only matters where the driver picks an id
  const picks = props.uid === undefined || props.gid === undefined;
  const noRange = props.gidRangeStart === undefined && props.gidRangeEnd === undefined;
  return {
    provisioningMode,
    fileSystemId: props.fileSystemId,
    fileSystemIdConfigRef: props.fileSystemIdConfigRef,
    fileSystemIdSecretRef: props.fileSystemIdSecretRef,
    directoryPerms: props.directoryPerms ?? '700',
    uid: props.uid,
    gid: props.gid,
    gidRangeStart: props.gidRangeStart ?? (picks && noRange ? 50_000 : undefined),
    gidRangeEnd: props.gidRangeEnd ?? (picks && noRange ? 60_000 : undefined),
    basePath: props.basePath,
    subPathPattern: props.subPathPattern,
    ensureUniqueDirectory: props.ensureUniqueDirectory,
    enableTagging: props.enableTagging,
  };
}

/** Holds them against what the driver takes. */
export function checkAccessPoints(props: AwsAccessPointsProps, sink: ProblemSink): void {
  checkFileSystemRef(props, EFS_PARAMETERS_LINK, sink);
  checkIdentity(props, EFS_PARAMETERS_LINK, sink);
  checkAccessPoint(props, EFS_PARAMETERS_LINK, sink);
  checkSwitch('enableTagging', props.enableTagging, EFS_PARAMETERS_LINK, sink);
}
