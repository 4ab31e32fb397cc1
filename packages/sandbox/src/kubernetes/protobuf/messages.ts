/** How a field's value is encoded; a list or map of what follows where it says so. */
export type FieldType =
  | 'string'
  | 'bytes'
  /** Zero is the same as absent. */
  | 'int'
  /** Zero is a value. */
  | 'optionalInt'
  | 'intOrString'
  | 'bool'
  | 'time'
  | 'quantity'
  | { list: FieldType }
  | { map: FieldType }
  | { message: string };

/** Fields by their number. */
type Message = Record<number, [name: string, type: FieldType]>;

const list = (type: FieldType): FieldType => ({ list: type });
const map = (type: FieldType): FieldType => ({ map: type });
const message = (name: string): FieldType => ({ message: name });
const messages = (name: string): FieldType => list(message(name));
const metadata: [string, FieldType] = ['metadata', message('ObjectMeta')];

/**
 * The messages that kubectl's own commands (`create configmap`, `auth can-i`, …) send as protobuf, after the
 * generated.proto files of the Kubernetes API. Everything else comes as JSON or YAML.
 */
export const MESSAGES: Record<string, Message> = {
  ObjectMeta: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    4: ['selfLink', 'string'],
    5: ['uid', 'string'],
    6: ['resourceVersion', 'string'],
    7: ['generation', 'int'],
    8: ['creationTimestamp', 'time'],
    9: ['deletionTimestamp', 'time'],
    10: ['deletionGracePeriodSeconds', 'optionalInt'],
    11: ['labels', map('string')],
    12: ['annotations', map('string')],
    13: ['ownerReferences', messages('OwnerReference')],
    14: ['finalizers', list('string')],
  },
  OwnerReference: {
    1: ['kind', 'string'],
    3: ['name', 'string'],
    4: ['uid', 'string'],
    5: ['apiVersion', 'string'],
    6: ['controller', 'bool'],
    7: ['blockOwnerDeletion', 'bool'],
  },
  DeleteOptions: {
    1: ['gracePeriodSeconds', 'optionalInt'],
    2: ['preconditions', message('Preconditions')],
    3: ['orphanDependents', 'bool'],
    4: ['propagationPolicy', 'string'],
    5: ['dryRun', list('string')],
  },
  Preconditions: { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] },
  Namespace: {
    1: metadata,
    2: ['spec', message('NamespaceSpec')],
    3: ['status', message('NamespaceStatus')],
  },
  NamespaceSpec: { 1: ['finalizers', list('string')] },
  NamespaceStatus: { 1: ['phase', 'string'] },
  ConfigMap: {
    1: metadata,
    2: ['data', map('string')],
    3: ['binaryData', map('bytes')],
    4: ['immutable', 'bool'],
  },
  Secret: {
    1: metadata,
    2: ['data', map('bytes')],
    3: ['type', 'string'],
    4: ['stringData', map('string')],
    5: ['immutable', 'bool'],
  },
  ServiceAccount: {
    1: metadata,
    2: ['secrets', messages('ObjectReference')],
    3: ['imagePullSecrets', messages('LocalObjectReference')],
    4: ['automountServiceAccountToken', 'bool'],
  },
  ObjectReference: {
    1: ['kind', 'string'],
    2: ['namespace', 'string'],
    3: ['name', 'string'],
    4: ['uid', 'string'],
    5: ['apiVersion', 'string'],
    6: ['resourceVersion', 'string'],
    7: ['fieldPath', 'string'],
  },
  LocalObjectReference: { 1: ['name', 'string'] },
  Role: { 1: metadata, 2: ['rules', messages('PolicyRule')] },
  ClusterRole: { 1: metadata, 2: ['rules', messages('PolicyRule')] },
  PolicyRule: {
    1: ['verbs', list('string')],
    2: ['apiGroups', list('string')],
    3: ['resources', list('string')],
    4: ['resourceNames', list('string')],
    5: ['nonResourceURLs', list('string')],
  },
  RoleBinding: {
    1: metadata,
    2: ['subjects', messages('Subject')],
    3: ['roleRef', message('RoleRef')],
  },
  ClusterRoleBinding: {
    1: metadata,
    2: ['subjects', messages('Subject')],
    3: ['roleRef', message('RoleRef')],
  },
  Subject: {
    1: ['kind', 'string'],
    2: ['apiGroup', 'string'],
    3: ['name', 'string'],
    4: ['namespace', 'string'],
  },
  RoleRef: {
    1: ['apiGroup', 'string'],
    2: ['kind', 'string'],
    3: ['name', 'string'],
  },
  SelfSubjectAccessReview: {
    1: metadata,
    2: ['spec', message('SelfSubjectAccessReviewSpec')],
    3: ['status', message('SubjectAccessReviewStatus')],
  },
  SelfSubjectAccessReviewSpec: {
    1: ['resourceAttributes', message('ResourceAttributes')],
    2: ['nonResourceAttributes', message('NonResourceAttributes')],
  },
  SubjectAccessReviewStatus: {
    1: ['allowed', 'bool'],
    2: ['reason', 'string'],
    3: ['evaluationError', 'string'],
    4: ['denied', 'bool'],
  },
  ResourceAttributes: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
  NonResourceAttributes: { 1: ['path', 'string'], 2: ['verb', 'string'] },
  SelfSubjectRulesReview: {
    1: metadata,
    2: ['spec', message('SelfSubjectRulesReviewSpec')],
    3: ['status', message('SubjectRulesReviewStatus')],
  },
  SelfSubjectRulesReviewSpec: { 1: ['namespace', 'string'] },
  SubjectRulesReviewStatus: { 3: ['incomplete', 'bool'] },
  SelfSubjectReview: {
    1: metadata,
    2: ['status', message('SelfSubjectReviewStatus')],
  },
  SelfSubjectReviewStatus: { 1: ['userInfo', message('UserInfo')] },
  UserInfo: { 1: ['username', 'string'], 2: ['uid', 'string'] },
  TokenRequest: {
    1: metadata,
    2: ['spec', message('TokenRequestSpec')],
    3: ['status', message('TokenRequestStatus')],
  },
  TokenRequestSpec: {
    1: ['audiences', list('string')],
    4: ['expirationSeconds', 'int'],
  },
  TokenRequestStatus: {
    1: ['token', 'string'],
    2: ['expirationTimestamp', 'time'],
  },
  ResourceQuota: {
    1: metadata,
    2: ['spec', message('ResourceQuotaSpec')],
    3: ['status', message('ResourceQuotaStatus')],
  },
  ResourceQuotaSpec: {
    1: ['hard', map('quantity')],
    2: ['scopes', list('string')],
  },
  ResourceQuotaStatus: {
    1: ['hard', map('quantity')],
    2: ['used', map('quantity')],
  },
  Deployment: {
    1: metadata,
    2: ['spec', message('DeploymentSpec')],
    3: ['status', message('Nothing')],
  },
  /** What is only ever sent empty. */
  Nothing: {},
  DeploymentSpec: {
    1: ['replicas', 'optionalInt'],
    2: ['selector', message('LabelSelector')],
    3: ['template', message('PodTemplateSpec')],
    4: ['strategy', message('DeploymentStrategy')],
    5: ['minReadySeconds', 'int'],
    6: ['revisionHistoryLimit', 'optionalInt'],
    7: ['paused', 'bool'],
    9: ['progressDeadlineSeconds', 'optionalInt'],
  },
  LabelSelector: { 1: ['matchLabels', map('string')] },
  DeploymentStrategy: { 1: ['type', 'string'] },
  PodTemplateSpec: { 1: metadata, 2: ['spec', message('PodSpec')] },
  PodSpec: {
    2: ['containers', messages('Container')],
    3: ['restartPolicy', 'string'],
  },
  Container: {
    1: ['name', 'string'],
    2: ['image', 'string'],
    3: ['command', list('string')],
    4: ['args', list('string')],
    6: ['ports', messages('ContainerPort')],
    7: ['env', messages('EnvVar')],
    8: ['resources', message('ResourceRequirements')],
  },
  ContainerPort: {
    1: ['name', 'string'],
    2: ['hostPort', 'int'],
    3: ['containerPort', 'int'],
    4: ['protocol', 'string'],
  },
  EnvVar: { 1: ['name', 'string'], 2: ['value', 'string'] },
  ResourceRequirements: {
    1: ['limits', map('quantity')],
    2: ['requests', map('quantity')],
  },
  Service: {
    1: metadata,
    2: ['spec', message('ServiceSpec')],
    3: ['status', message('ServiceStatus')],
  },
  ServiceSpec: {
    1: ['ports', messages('ServicePort')],
    2: ['selector', map('string')],
    3: ['clusterIP', 'string'],
    4: ['type', 'string'],
    10: ['externalName', 'string'],
  },
  ServicePort: {
    1: ['name', 'string'],
    2: ['protocol', 'string'],
    3: ['port', 'int'],
    4: ['targetPort', 'intOrString'],
    5: ['nodePort', 'int'],
  },
  ServiceStatus: { 1: ['loadBalancer', message('Nothing')] },
};
