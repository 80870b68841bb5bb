/**
 * The parts of Kubernetes objects that this library writes, in wire form.
 *
 * Own small interfaces: the generated ones of cdk8s-plus-27 end with Kubernetes 1.27 and rename fields.
 */

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<string, unknown>>;
}

/** `name` and one source: `{ name: 'data', persistentVolumeClaim: { claimName } }`. */
export interface Volume {
  readonly name: string;
  readonly [source: string]: unknown;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  readonly subPathExpr?: string;
}

export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
  /** Claims that the pod lists. From Kubernetes 1.34. */
  readonly claims?: readonly { readonly name: string }[];
}

export interface ContainerPort {
  readonly name: string;
  readonly containerPort: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'IfNotPresent';
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly Readonly<Record<string, unknown>>[];
  readonly ports?: readonly ContainerPort[];
  readonly resources?: Resources;
  /** Of an init container: it runs beside the pod's own container and is stopped after it. From Kubernetes 1.29. */
  readonly restartPolicy?: 'Always';
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeDevices?: readonly VolumeDevice[];
  readonly volumeMounts?: readonly VolumeMount[];
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

export interface PodSpec {
  readonly automountServiceAccountToken: false;
  readonly containers: readonly Container[];
  readonly enableServiceLinks: false;
  readonly initContainers?: readonly Container[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly restartPolicy: 'Always' | 'Never' | 'OnFailure';
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly serviceAccountName?: string;
  readonly subdomain?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly tolerations?: readonly Toleration[];
  readonly volumes?: readonly Volume[];
}

export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

/** An object of the same namespace that a claim is filled from. */
export interface DataSourceRef {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

export interface ClaimSpec {
  readonly accessModes: readonly string[];
  readonly dataSourceRef?: DataSourceRef;
  readonly resources: { readonly requests: { readonly storage: string } };
  readonly storageClassName: string;
  readonly volumeAttributesClassName?: string;
  readonly volumeMode: 'Filesystem' | 'Block';
  readonly volumeName?: string;
}

export interface VolumeDevice {
  readonly name: string;
  readonly devicePath: string;
}

/** A literal in a container's `command`, `args` or `env`, where `$(` begins a reference to a variable and `$$` stands for `$`. */
export function literal(text: string): string {
  return text.replace(/\${2,}|\$(?=\()/g, dollars => dollars + dollars);
}
