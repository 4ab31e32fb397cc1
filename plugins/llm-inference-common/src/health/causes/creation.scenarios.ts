import { nearMiss, root } from '../__testUtils__/CauseScenario';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';

/** The ReplicaSet of prefill cannot create its pods. */
const refused =
  (message: string, minutes = 2) =>
  (s: ServiceBuilder) => {
    s.pods.prefill.length = 0;
    s.event(s.replicaSets.prefill[0], 'FailedCreate', message, { minutes });
  };

const QUOTA =
  'Error creating: pods "qwen-kserve-prefill-new-x7" is forbidden: exceeded quota: gpu-quota, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=8, limited: requests.nvidia.com/gpu=8';
const SECURITY =
  'Error creating: pods "qwen-kserve-prefill-new-x7" is forbidden: violates PodSecurity "restricted:latest": unrestricted capabilities (container "main" must not include "IPC_LOCK" in securityContext.capabilities.add)';

export const creationScenarios = [
  root('quota-exceeded', 'the GPU quota is used up', refused(QUOTA)),
  root(
    'quota-exceeded',
    'the quota demands a limit',
    refused(
      'Error creating: pods "qwen-kserve-prefill-new-x7" is forbidden: failed quota: compute: must specify limits.cpu,limits.memory',
    ),
  ),
  root(
    'quota-exceeded',
    'only the Deployment says so; the event expired',
    s => {
      s.pods.prefill.length = 0;
      s.workloads.prefill.status.conditions.push({
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: QUOTA.replace('Error creating: ', ''),
        lastTransitionTime: ago(90),
      });
    },
  ),
  nearMiss(
    'quota-exceeded',
    'the pods exist by now',
    s =>
      s.event(s.replicaSets.prefill[0], 'FailedCreate', QUOTA, { minutes: 20 }),
    { verdict: 'Healthy' },
  ),
  root(
    'pod-security-violation',
    'IPC_LOCK in a restricted namespace',
    refused(SECURITY),
  ),
  root(
    'pod-security-violation',
    'OpenShift has no constraint that fits',
    refused(
      'Error creating: pods "qwen-kserve-prefill-new-" is forbidden: unable to validate against any security context constraint: [provider "restricted-v2": Forbidden: not usable by user or serviceaccount]',
    ),
  ),
  nearMiss(
    'pod-security-violation',
    'a warning only: the pods are there',
    s =>
      s.event(
        s.workloads.prefill,
        'PolicyWarning',
        'would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      ),
    { verdict: 'Healthy' },
  ),
  root(
    'extended-resource-invalid',
    'a fraction of a device',
    refused(
      'Error creating: Pod "qwen-kserve-prefill-new-x7" is invalid: spec.containers[0].resources.limits[rdma/roce_gdr]: Invalid value: resource.Quantity{}: must be an integer',
    ),
  ),
  root('extended-resource-invalid', 'the Deployment itself is refused', s => {
    s.condition(
      'MainWorkloadReady',
      'False',
      'ReconcileSingleNodeWorkloadError',
      'failed to create Deployment llm/qwen-kserve: Deployment.apps "qwen-kserve" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 2',
    );
  }),
  nearMiss(
    'extended-resource-invalid',
    'an integer is wanted elsewhere',
    s =>
      s.event(
        s.resource,
        'Error',
        'Reconciliation failed: the object has been modified; replicas must be an integer',
        { minutes: 200 },
      ),
    { verdict: 'Healthy' },
  ),
];
