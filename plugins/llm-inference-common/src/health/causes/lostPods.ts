import { findCondition } from '../../resource/conditions';
import type { Pod } from '../../resource/pod';
import {
  enginePools,
  isWithin,
  type Facts,
  type PoolFacts,
} from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { evidence } from '../quote';
import { endOf, isTerminationOverdue } from '../stages/shortage';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { fromCondition, fromEvent, inPod, templateOf, word } from './words';

const LOST_REASONS = /^(?:NodeLost|NodeShutdown|Terminated)$/;
const LOST_EVENTS = /^(?:NodeNotReady|TaintManagerEviction)$/;

function findLostNode(
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): Finding | undefined {
  const ready = findCondition(pod.conditions, 'Ready');
  const disrupted = findCondition(pod.conditions, 'DisruptionTarget');
  const object = `Pod/${pod.name}`;
  const events = pod.ready
    ? []
    : podEvents(pod, facts).filter(
        ({ reason, at }) =>
          LOST_EVENTS.test(reason) &&
          (at === undefined || at >= (ready?.transitionAt ?? 0) - 60_000),
      );
  const proof = [
    ...(LOST_REASONS.test(pod.reason)
      ? [evidence('ContainerStatus', object, pod.message || pod.reason)]
      : []),
    ...(ready?.status !== 'True' && ready?.reason === 'NodeNotReady'
      ? [fromCondition(object, ready)]
      : []),
    ...(disrupted?.status === 'True' &&
    disrupted.reason === 'DeletionByTaintManager'
      ? [fromCondition(object, disrupted)]
      : []),
    ...(pod.phase === 'Unknown' && pod.node
      ? [evidence('ContainerStatus', object, 'phase: Unknown')]
      : []),
    ...events.slice(0, 1).map(fromEvent),
    ...(isTerminationOverdue(pod, facts)
      ? [
          evidence(
            'ContainerStatus',
            object,
            'terminating for longer than its grace period',
            pod.deletedAt,
          ),
        ]
      : []),
  ];
  return proof.length > 0
    ? inPod(pod, proof, {
        detail: { node: pod.node },
        severity: pool.ready === 0 ? 'Critical' : 'Warning',
      })
    : undefined;
}

const EVICTIONS =
  /^(?:PreemptionByScheduler|EvictionByEvictionAPI|TerminationByKubelet|PreemptionByKubeScheduler)$/;
const EVICTION_EVENTS = /^(?:Evicted|Preempted|Preempting)$/;

function findEviction(
  pod: Pod,
  _: PoolFacts,
  facts: Facts,
): Finding | undefined {
  const object = `Pod/${pod.name}`;
  const detail = {
    resource: /low on resource: ([\w-]+)/i.exec(pod.message)?.[1],
  };
  if (pod.reason === 'Evicted' || pod.reason === 'Preempting') {
    return inPod(
      pod,
      [
        evidence(
          'ContainerStatus',
          object,
          pod.message || pod.reason,
          endOf(pod, facts),
        ),
      ],
      { detail },
    );
  }
  const disrupted = findCondition(pod.conditions, 'DisruptionTarget');
  if (disrupted?.status === 'True' && EVICTIONS.test(disrupted.reason)) {
    return inPod(pod, [fromCondition(object, disrupted)], { detail });
  }
  const event = pod.ready
    ? undefined
    : podEvents(pod, facts).find(({ reason }) => EVICTION_EVENTS.test(reason));
  return event ? inPod(pod, [fromEvent(event)], { detail }) : undefined;
}

/** Evictions of pods that are gone already, by their events, while nothing has taken their place. */
function findPastEvictions(facts: Facts): Finding[] {
  return enginePools(facts).flatMap(pool => {
    const { desired, ready } = pool;
    if (desired === null || ready === null || ready >= desired) {
      return [];
    }
    const present = new Set(pool.pods.map(({ name }) => name));
    const prefixes = pool.owners
      .filter(owner => /^(?:ReplicaSet|StatefulSet)\//.test(owner))
      .map(owner => `${owner.slice(owner.indexOf('/') + 1)}-`);
    const findings: Finding[] = [];
    for (const [subject, events] of facts.events.subjects()) {
      const name = subject.startsWith('Pod/') ? subject.slice(4) : '';
      const event = events.find(({ reason }) => EVICTION_EVENTS.test(reason));
      if (
        event &&
        !present.has(name) &&
        isWithin(facts, event.at, facts.thresholds.lostPod) &&
        prefixes.some(
          prefix =>
            name.startsWith(prefix) && !name.slice(prefix.length).includes('-'),
        )
      ) {
        findings.push({
          pool: pool.name,
          subjects: [subject],
          evidence: [fromEvent(event)],
          detail: {
            resource: /low on resource: ([\w-]+)/i.exec(event.message)?.[1],
          },
        });
      }
    }
    return findings;
  });
}

/** Pods that were lost to their node. */
export const lostPodCauses: CauseDefinition[] = [
  {
    id: 'node-not-ready',
    severity: 'Warning',
    step: 'lostPod',
    title: ({ detail }) => `Node ${detail.node ?? ''} is lost`,
    podsSummary: ({ detail }) =>
      `are lost: node ${detail.node ?? ''} is not ready`,
    explanation:
      'The node is gone or does not report any more, so its pods count as lost. They may block their replacement: a LeaderWorkerSet waits for the old pod.',
    remedy: ({ detail }) =>
      `Recover node ${
        detail.node ?? ''
      } or remove it from the cluster. Delete its pods by force only after the node is fenced off.`,
    findInPod: findLostNode,
  },
  {
    id: 'pod-evicted',
    severity: 'Warning',
    step: 'lostPod',
    title: 'Pods were evicted',
    podsSummary: ({ detail }) =>
      `were evicted${
        detail.resource ? `: their node is low on ${detail.resource}` : ''
      }`,
    explanation:
      'The node or the scheduler removed the pods to make room, and their replacement is not ready yet.',
    remedy: cause =>
      `Raise the request that ran out (${word(
        cause,
        'resource',
        'see the quoted text',
      )}) in ${templateOf(
        cause,
      )}.containers[main].resources, give the pods a priority class, or protect them with a PodDisruptionBudget.`,
    findInPod(pod, pool, facts) {
      // Evictions for want of memory or disk are told by what ran out.
      return /low on resource: (?:memory|ephemeral-storage)|ephemeral local storage usage exceeds|exceeds the (?:total )?limit/i.test(
        pod.message,
      )
        ? undefined
        : findEviction(pod, pool, facts);
    },
    findInService: findPastEvictions,
  },
];
