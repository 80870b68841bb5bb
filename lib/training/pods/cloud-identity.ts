import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { ExtraObjects } from '../extra-objects';
import type { PodConcern } from './pod-part';

interface IdentitySpec {
  /** Annotation of the account that holds `id`. */
  readonly annotation: string;
  readonly id: string;
  /** What `id` is called. */
  readonly path: string;
  readonly form: RegExp;
  readonly expected: string;
  readonly example: string;
  readonly link: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Names of the variables that the cluster adds to the pods. */
  readonly addedVariables?: readonly string[];
}

/**
 * Who the pods of a job are in a cloud. The job makes a service account of its own name for it, whose token for the Kubernetes
 * API is not mounted: the cloud adds one of its own. The cloud must trust the account, which is
 * `system:serviceaccount:<namespace>:<jobName>` to it.
 *
 * EKS Pod Identity and direct grants to Kubernetes accounts of GKE need nothing on the account: use `serviceAccount`, and name
 * that in the association or in the grant.
 */
export class CloudIdentity {
  /**
   * A role of AWS IAM, by the OIDC provider of an EKS cluster (IRSA).
   *
   * @param roleArn `arn:aws:iam::<account>:role/<name>`
   * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
   */
  public static awsIrsa(roleArn: string): CloudIdentity {
    return new CloudIdentity({
      annotation: 'eks.amazonaws.com/role-arn',
      id: roleArn,
      path: 'roleArn',
      form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      expected: 'the ARN of a role',
      example: 'arn:aws:iam::123456789012:role/trainer',
      link: 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
      addedVariables: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    });
  }

  /**
   * A service account of Google Cloud, by Workload Identity Federation for GKE.
   *
   * @param serviceAccountEmail `<name>@<project>.iam.gserviceaccount.com`
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam
   */
  public static gcpWorkloadIdentity(serviceAccountEmail: string): CloudIdentity {
    return new CloudIdentity({
      annotation: 'iam.gke.io/gcp-service-account',
      id: serviceAccountEmail,
      path: 'serviceAccountEmail',
      form: /^[a-z0-9][a-z0-9.-]*@[a-z0-9][a-z0-9.-]*\.gserviceaccount\.com$/,
      expected: 'the address of a service account of Google Cloud',
      example: 'trainer@acme-ml.iam.gserviceaccount.com',
      link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam',
    });
  }

  /**
   * An application or a managed identity of Azure, by Microsoft Entra Workload ID. The pods get the label that it asks for.
   *
   * @param clientId a UUID
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  public static azureWorkloadIdentity(clientId: string): CloudIdentity {
    return new CloudIdentity({
      annotation: 'azure.workload.identity/client-id',
      id: clientId,
      path: 'clientId',
      form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      expected: 'the client id of an application or a managed identity, a UUID',
      example: '00000000-1111-2222-3333-444444444444',
      link: 'https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html',
      podLabels: { 'azure.workload.identity/use': 'true' },
      addedVariables: ['AZURE_AUTHORITY_HOST', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_TENANT_ID'],
    });
  }

  private constructor(private readonly spec: IdentitySpec) {}

  /** @internal */
  public get _annotations(): Readonly<Record<string, string>> {
    return { [this.spec.annotation]: this.spec.id };
  }

  /** @internal */
  public get _podLabels(): Readonly<Record<string, string>> {
    return this.spec.podLabels ?? {};
  }

  /** @internal */
  public get _addedVariables(): readonly string[] {
    return this.spec.addedVariables ?? [];
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const { id, path, form, expected, example, link } = this.spec;
    if (typeof id === 'string' && form.test(id)) return;
    sink.error({ ruleId: 'api/cloud-identity', path, expected, found: described(id), fix: `use one such as \`${example}\``, link });
  }
}

/** What the cloud asks of pods that act for an account. */
export const cloudIdentity: PodConcern = ({ identity }) => ({ labels: identity?._podLabels });

/** The account that a job makes for itself. */
export const identityAccount: ExtraObjects = ({ identity }, { jobName }) => identity ? [{
  id: 'Identity',
  props: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: jobName, labels: { 'app.kubernetes.io/name': jobName }, annotations: identity._annotations },
    automountServiceAccountToken: false,
  },
}] : [];

/** Account that the pods run under; undefined for the namespace's default. */
export function accountOf({ identity, serviceAccount }: DistributedTrainingJobProps, jobName: string): string | undefined {
  return identity ? jobName : serviceAccount?.name;
}

/** Whether pods have an account that somebody may have given rights in a cloud. */
export function hasAccount({ identity, serviceAccount }: Partial<DistributedTrainingJobProps>): boolean {
  return identity != null || serviceAccount != null;
}
