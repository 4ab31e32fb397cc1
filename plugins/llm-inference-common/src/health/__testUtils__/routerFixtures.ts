import { DAYS, type Fixture, NAME, NAMESPACE, ago } from './fixtureBasics';
import { ownedBy } from './podFixtures';

export function makeRoute(): Fixture {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: `${NAME}-kserve-route`,
      namespace: NAMESPACE,
      creationTimestamp: ago(DAYS),
      ownerReferences: ownedBy('LLMInferenceService', NAME),
    },
    spec: {
      parentRefs: [{ name: 'kserve-ingress-gateway', namespace: 'kserve' }],
    },
    status: { parents: [acceptedParent()] },
  };
}

export function makeInferencePool(): Fixture {
  return {
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: {
      name: `${NAME}-inference-pool`,
      namespace: NAMESPACE,
      creationTimestamp: ago(DAYS),
      ownerReferences: ownedBy('LLMInferenceService', NAME),
    },
    spec: { endpointPickerRef: { failureMode: 'FailOpen' } },
    status: { parents: [acceptedParent()] },
  };
}

function acceptedParent(): Fixture {
  return {
    conditions: ['Accepted', 'ResolvedRefs'].map(type => ({
      type,
      status: 'True',
      reason: type,
      lastTransitionTime: ago(DAYS),
    })),
  };
}

export function makeGateway(): Fixture {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: 'kserve-ingress-gateway',
      namespace: 'kserve',
      creationTimestamp: ago(3 * DAYS),
    },
    spec: {},
    status: {
      conditions: ['Accepted', 'Programmed'].map(type => ({
        type,
        status: 'True',
        reason: type,
        lastTransitionTime: ago(3 * DAYS),
      })),
    },
  };
}
