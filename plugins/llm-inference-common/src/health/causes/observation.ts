import type { AccessKey } from '../Observation';
import { isUnread, isAbsenceKnown } from '../stages/verdict';
import type { Facts } from '../facts/Facts';
import { evidence } from '../quote';
import type { CauseDefinition, Finding } from './CauseDefinition';

/** What is missing on a page when a list cannot be read. */
const MISSING: Readonly<Record<AccessKey, string>> = {
  cluster: 'the whole cluster',
  llminferenceservices: 'LLMInferenceServices',
  pods: 'pods',
  'pods/log': 'logs of pods',
  events: 'events',
  deployments: 'Deployments',
  replicasets: 'ReplicaSets',
  leaderworkersets: 'LeaderWorkerSets',
  inferencepools: 'InferencePools',
  httproutes: 'HTTPRoutes',
  gateways: 'Gateways',
  horizontalpodautoscalers: 'HorizontalPodAutoscalers',
  metrics: 'metrics of pods',
};

/** Logs and metrics are read one by one, lists as a whole. */
const VERBS: Readonly<Partial<Record<AccessKey, string>>> = {
  'pods/log': 'get',
  metrics: 'get',
};

function findUnread(
  facts: Facts,
  problem: 'Forbidden' | 'Unreachable',
): Finding[] {
  const keys = [...facts.access]
    .filter(([key, value]) => value === problem && key in MISSING)
    .map(([key]) => key)
    .sort();
  if (keys.length === 0) {
    return [];
  }
  const unknown = facts.resource ? isUnread(facts) : !isAbsenceKnown(facts);
  return [
    {
      subjects: keys,
      severity: unknown ? 'Critical' : 'Warning',
      evidence: keys.map(key => evidence('Access', key, `${key}: ${problem}`)),
      detail: {
        keys: keys.join(', '),
        what: keys.map(key => MISSING[key]).join(', '),
        verbs: keys
          .map(key => `${VERBS[key] ?? 'list and watch'} ${key}`)
          .join(', '),
      },
    },
  ];
}

/** What could not be read: shown as unknown, never as absent. */
export const observationCauses: CauseDefinition[] = [
  {
    id: 'access-denied',
    severity: 'Warning',
    step: 'access',
    title: 'Not allowed to read everything',
    summary: ({ detail }) =>
      `could not be read, access is denied: ${detail.what}`,
    explanation: ({ detail }) =>
      `The portal may not read ${detail.what} in this namespace. What depends on it is unknown, which is not the same as absent.`,
    remedy: ({ detail }) =>
      `Give the portal's service account a Role (or ClusterRole) in this namespace with: ${detail.verbs}.`,
    findInService: facts => findUnread(facts, 'Forbidden'),
  },
  {
    id: 'cluster-unreachable',
    severity: 'Warning',
    step: 'access',
    title: 'The cluster cannot be reached',
    summary: ({ detail }) => `could not be reached: ${detail.what}`,
    explanation: ({ detail }) =>
      `The portal did not reach ${detail.what}. What depends on it is unknown.`,
    remedy:
      "Check the cluster's URL, certificate and network path from the portal, and whether its API server answers.",
    findInService: facts => findUnread(facts, 'Unreachable'),
  },
];
