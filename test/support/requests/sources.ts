/** The source of a request that is mounted as it is. */
export const WIRE_SOURCE = { csi: { driver: 'inline.example.com', volumeAttributes: { share: '1' } } };

/** What a request loads its dataset from. */
export const SOURCES = {
  s3: 's3://acme/a', gcs: 'gs://acme/a', http: 'https://example.com/a.tar', hub: 'acme/a',
};

/** Where a request's file systems are. */
export const FILE_SYSTEMS = { efs: 'fs-0123456789abcdef0', nfs: { server: '10.0.0.5', path: '/export/a b' } };
