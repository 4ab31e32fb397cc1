import { findCondition } from '../../resource/conditions';
import {
  enginePools,
  isWithin,
  type Facts,
  type PoolFacts,
} from '../facts/Facts';
import type { Evidence } from '../ServingHealth';
import type { CauseDefinition, Detail, Finding } from './CauseDefinition';
import {
  fromCondition,
  fromEvent,
  mainOf,
  specOf,
  templateOf,
  word,
} from './words';

interface Refusal {
  pool: PoolFacts;
  message: string;
  subject: string;
  evidence: Evidence;
}

/** Refusals to create pods, on whatever owns them: there is no pod to look at. */
function findRefusals(facts: Facts): Refusal[] {
  return [...enginePools(facts), facts.scheduler].flatMap(pool => {
    const refusals: Refusal[] = [];
    const { workload } = pool;
    const failure =
      workload && findCondition(workload.conditions, 'ReplicaFailure');
    if (workload && failure?.status === 'True') {
      const subject = `${workload.kind}/${workload.name}`;
      refusals.push({
        pool,
        subject,
        message: failure.message,
        evidence: fromCondition(subject, failure),
      });
    }
    if (isShortOfPods(pool)) {
      refusals.push(...findFailedCreations(pool, facts));
    }
    return refusals;
  });
}

function isShortOfPods(pool: PoolFacts): boolean {
  const size = pool.workload?.size ?? 1;
  return (
    pool.rolling ||
    pool.desired === null ||
    pool.current.length < pool.desired * size
  );
}

function findFailedCreations(pool: PoolFacts, facts: Facts): Refusal[] {
  return pool.owners.flatMap(owner => {
    const slash = owner.indexOf('/');
    const event = facts.events
      .of(owner.slice(0, slash), owner.slice(slash + 1))
      .find(({ reason }) => reason === 'FailedCreate');
    return event && isWithin(facts, event.at, facts.thresholds.failedCreation)
      ? [
          {
            pool,
            subject: owner,
            message: event.message,
            evidence: fromEvent(event),
          },
        ]
      : [];
  });
}

/** Refusals that match a pattern; `alsoIn` adds texts of the controller. */
function refusedBy(
  patterns: ReadonlyArray<
    readonly [RegExp, (match: RegExpExecArray) => Detail]
  >,
  unless?: RegExp,
) {
  const read = (message: string): Detail | undefined => {
    for (const [pattern, detail] of patterns) {
      const match = pattern.exec(message);
      if (match && !unless?.test(message)) {
        return detail(match);
      }
    }
    return undefined;
  };
  return (facts: Facts): Finding[] => {
    const findings = findRefusals(facts).flatMap(refusal => {
      const detail = read(refusal.message);
      return detail
        ? [
            {
              pool: refusal.pool.name,
              subjects: [refusal.subject],
              evidence: [refusal.evidence],
              detail,
            },
          ]
        : [];
    });
    return findings.length > 0 ? findings : findInController(facts, read);
  };
}

/** The same refusals, as the controller of the service repeats them. */
function findInController(
  { resource, events, thresholds, ...facts }: Facts,
  read: (message: string) => Detail | undefined,
): Finding[] {
  if (!resource) {
    return [];
  }
  const subject = `LLMInferenceService/${resource.name}`;
  for (const condition of resource.conditions) {
    const detail =
      condition.status === 'False' &&
      /^Reconcile\w+Error$/.test(condition.reason)
        ? read(condition.message)
        : undefined;
    if (detail) {
      return [
        {
          subjects: [subject],
          evidence: [fromCondition(subject, condition)],
          detail,
        },
      ];
    }
  }
  const event = events
    .of('LLMInferenceService', resource.name)
    .find(
      ({ reason, at, message }) =>
        reason === 'Error' &&
        isWithin(facts, at, thresholds.failedCreation) &&
        read(message),
    );
  const detail = event && read(event.message);
  return event && detail
    ? [{ subjects: [subject], evidence: [fromEvent(event)], detail }]
    : [];
}

/** Why pods are not even created. */
export const creationCauses: CauseDefinition[] = [
  {
    id: 'quota-exceeded',
    severity: 'Critical',
    step: 'creation',
    title: 'The namespace quota refuses the pods',
    summary: cause =>
      cause.detail.missing
        ? `${word(cause, 'who', 'pods')} cannot be created: quota ${
            cause.detail.quota
          } demands ${cause.detail.missing}`
        : `pods${
            cause.pool ? ` of ${cause.pool}` : ''
          } cannot be created: quota ${cause.detail.quota} is used up`,
    explanation: ({ detail }) =>
      detail.missing
        ? `The quota ${detail.quota} demands that every container says ${detail.missing}, and one does not. No pod exists to look at.`
        : `The quota ${detail.quota} of the namespace allows ${detail.limited}; ${detail.used} are used and ${detail.requested} more are asked for. No pod exists to look at.`,
    remedy: cause =>
      cause.detail.missing
        ? `Set ${cause.detail.missing} in ${mainOf(cause)}.resources.`
        : `Have the quota ${word(cause, 'quota', '')} raised, or lower ${specOf(
            cause,
          )}.replicas or its resources.`,
    findInService: refusedBy([
      [
        /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+)/i,
        ([, quota, requested, used, limited]) => ({
          quota,
          requested,
          used,
          limited,
        }),
      ],
      [
        /failed quota: ([^:]+): must specify ([\w.,/-]+)/i,
        ([, quota, missing]) => ({ quota, missing }),
      ],
    ]),
  },
  {
    id: 'pod-security-violation',
    severity: 'Critical',
    step: 'creation',
    title: 'Pod security forbids the pods',
    summary: ({ detail, pool }) =>
      `pods${pool ? ` of ${pool}` : ''} cannot be created: ${
        detail.level
          ? `pod security level ${detail.level} forbids what they ask for`
          : 'no security context constraint allows what they ask for'
      }`,
    explanation: ({ detail }) =>
      `The namespace forbids what the pods ask for${
        detail.what ? `: ${detail.what}` : ''
      }. No pod exists to look at.`,
    remedy: cause =>
      `Remove the capability or privilege from ${templateOf(
        cause,
      )}; for RDMA raise the container runtime's limit of locked memory on the nodes instead of adding IPC_LOCK. Otherwise have the platform team label the namespace.`,
    findInService: refusedBy(
      [
        [
          /violates PodSecurity "([\w-]+):([^"]*)": ([\s\S]+)/i,
          ([, level, , what]) => ({ level, what: what.slice(0, 200) }),
        ],
        [
          /unable to validate against any security context constraint/i,
          () => ({}),
        ],
      ],
      /would violate PodSecurity/i,
    ),
  },
  {
    id: 'extended-resource-invalid',
    severity: 'Critical',
    step: 'creation',
    title: 'A device is requested in a way Kubernetes refuses',
    summary: ({ pool, detail }) =>
      `pods${pool ? ` of ${pool}` : ''} cannot be created: ${
        detail.resource ?? 'a device'
      } needs the same whole number in limits and requests`,
    explanation:
      'GPUs and RDMA devices cannot be overcommitted or split: a request without a limit, a request other than the limit and a fraction are refused.',
    remedy: cause =>
      `Write the same integer under limits and requests in ${mainOf(
        cause,
      )}.resources.`,
    findInService: refusedBy([
      [/must be equal to ([\w./-]+) limit/i, ([, resource]) => ({ resource })],
      [
        /resources\.(?:limits|requests)\[([\w./-]+)\].*?(?:Limit must be set for non overcommitt?able resources|must be an integer)/is,
        ([, resource]) => ({ resource }),
      ],
      [
        /Limit must be set for non overcommitt?able resources|must be an integer/i,
        () => ({}),
      ],
    ]),
  },
];
