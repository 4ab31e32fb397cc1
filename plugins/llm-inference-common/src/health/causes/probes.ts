import { findContainer, MAIN_CONTAINER } from '../../resource/containers';
import type { ClusterEvent } from '../../resource/event';
import { findContainerStatus, type Pod } from '../../resource/pod';
import {
  findProbeProblems,
  startupBudgetSeconds,
  type ProbeProblem,
} from '../../resource/probes';
import { asText } from '../../resource/unknown';
import { isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { wasReadyInLastRun } from '../facts/readPool';
import { evidence } from '../quote';
import { startupBudgetEvidence } from '../remedies/limits';
import { isStarting } from '../stages/shortage';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { fromEvent, inPod, mainOf } from './words';

const KILLED_AT_START =
  /Container (\S+) failed startup probe, will be restarted/i;
const KILLED_ALIVE =
  /Container (\S+) failed liveness probe, will be restarted/i;
const WRONG_PROBE =
  /(Startup|Liveness|Readiness) probe (?:failed|errored).*(?:server gave HTTP response to HTTPS client|first record does not look like a TLS handshake|malformed HTTP response|statuscode: 404|remote error: tls)/is;
const UNANSWERED =
  /(Readiness|Liveness) probe failed: (?:HTTP probe failed with statuscode: 5\d\d|Get "[^"]+": (?:context deadline exceeded|dial tcp .*: (?:connect: connection refused|i\/o timeout)|net\/http: request canceled))/i;

/** Probe events of container `main` that are not from before its last run, or from a short time ago. */
function recentEvents(pod: Pod, facts: Facts): ClusterEvent[] {
  return podEvents(pod, facts).filter(({ at }) =>
    isWithin(facts, at, facts.thresholds.recentTermination),
  );
}

/** Probes that end or hide an engine. */
export const probeCauses: CauseDefinition[] = [
  {
    id: 'startup-budget-exceeded',
    severity: 'Critical',
    step: 'probes',
    title: 'Killed before it was loaded',
    podsSummary: ({ detail }) =>
      `were killed while loading: the startup probe allows ${detail.budget} seconds`,
    explanation: ({ detail }) =>
      `Loading takes longer than the startup probe allows (${detail.budget} seconds), so the kubelet kills the container again and again.`,
    remedy: cause =>
      `Raise ${mainOf(
        cause,
      )}.startupProbe.failureThreshold of this pool (120 with periodSeconds 30 for large models), or make loading faster with weights on a volume (pvc://).`,
    findInPod: findStartupKill,
  },
  {
    id: 'probe-misconfigured',
    severity: 'Critical',
    step: 'probes',
    title: 'A probe asks the wrong port or scheme',
    podsSummary: ({ detail }) => `have a wrong probe: ${detail.problem}`,
    explanation:
      'The health check does not speak to the engine as the engine listens, so it fails (or always succeeds) whatever the engine does.',
    remedy: cause =>
      `Remove the probe from ${mainOf(
        cause,
      )}: the preset has the right one. Otherwise use port ${
        cause.pool === 'decode' ? '8001' : '8000'
      } and the scheme of the TLS setting (HTTP by default).`,
    findInPod: findWrongProbe,
  },
  {
    id: 'engine-unresponsive',
    severity: 'Warning',
    step: 'probes',
    title: 'The engine stopped answering',
    podsSummary: 'stopped answering their health check',
    explanation:
      'The engine had started and served, and no longer answers its health check: it hangs, is overloaded or dead-locked.',
    remedy: cause =>
      `Look at the last log lines of container main; lower the load or --max-num-seqs in VLLM_ADDITIONAL_ARGS of ${mainOf(
        cause,
      )}. A liveness probe restarts it.`,
    findInPod(pod, pool, facts) {
      if (pool.name === 'scheduler' || pod.ready || !wasReadyInLastRun(pod)) {
        return undefined;
      }
      const main = findContainerStatus(pod, MAIN_CONTAINER);
      if (main?.state?.kind !== 'running' || main.ready) {
        return undefined;
      }
      const events = podEvents(pod, facts);
      // A hung engine is killed by its liveness probe and loads anew: what was said of its last run still counts.
      const restarted = events.some(({ message }) =>
        KILLED_ALIVE.test(message),
      );
      const since = restarted ? main.last?.startedAt : main.state.startedAt;
      const event = events.find(
        ({ at, message }) =>
          UNANSWERED.test(message) &&
          (since === undefined || at === undefined || at > since),
      );
      return event ? inPod(pod, [fromEvent(event)]) : undefined;
    },
  },
];

function findStartupKill(
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): Finding | undefined {
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  if (!main || (main.ready && main.restarts === 0)) {
    return undefined;
  }
  const events = podEvents(pod, facts);
  if (events.some(isWrongStartupProbe)) {
    // However long it may take, this probe never gets the answer that it waits for.
    return undefined;
  }
  const object = `Pod/${pod.name}`;
  const { startupBudget, startupBudgetShare } = facts.thresholds;
  const written = startupBudgetSeconds(findContainer(pod.spec, MAIN_CONTAINER));
  const budget = written ?? startupBudget;
  // What the probe allows is the same in every pod of a pool.
  const allowed =
    written === undefined
      ? []
      : [startupBudgetEvidence(pool.engine?.object ?? object, written)];
  const detail = { budget: String(budget) };
  if (!main.ready) {
    const kill = events.find(({ message }) => KILLED_AT_START.test(message));
    if (kill) {
      return inPod(pod, [fromEvent(kill), ...allowed], { detail });
    }
    const failing = events.find(({ message }) =>
      /Startup probe failed:/i.test(message),
    );
    if (
      failing &&
      main.restarts > 0 &&
      (main.last === undefined || hasRunLong(pod, budget * startupBudgetShare))
    ) {
      return inPod(pod, [fromEvent(failing), ...allowed], { detail });
    }
  }
  const { last } = main;
  const killed =
    last?.kind === 'terminated' &&
    [0, 137, 143].includes(last.exitCode ?? -1) &&
    /^(?:Error|Completed)$/.test(last.reason) &&
    pool.name !== 'scheduler' &&
    !main.ready &&
    !wasReadyInLastRun(pod) &&
    hasRunLong(pod, budget * startupBudgetShare);
  return killed
    ? inPod(
        pod,
        [
          evidence(
            'ContainerStatus',
            object,
            `main: ${last.reason}, exit code ${
              last.exitCode
            }, ran from ${new Date(
              last.startedAt ?? 0,
            ).toISOString()} to ${new Date(
              last.finishedAt ?? 0,
            ).toISOString()}`,
            last.finishedAt,
          ),
          ...allowed,
        ],
        { detail },
      )
    : undefined;
}

function isWrongStartupProbe({ message }: ClusterEvent): boolean {
  return WRONG_PROBE.exec(message)?.[1].toLowerCase() === 'startup';
}

/** Whether the last run of `main` took at least that many seconds. */
function hasRunLong(pod: Pod, seconds: number): boolean {
  const { last } = findContainerStatus(pod, MAIN_CONTAINER) ?? {};
  return (
    last?.startedAt !== undefined &&
    last.finishedAt !== undefined &&
    (last.finishedAt - last.startedAt) / 1000 >= seconds
  );
}

function findWrongProbe(
  pod: Pod,
  pool: PoolFacts,
  facts: Facts,
): Finding | undefined {
  if (pool.name === 'scheduler') {
    return undefined;
  }
  const main = findContainerStatus(pod, MAIN_CONTAINER);
  if (!main) {
    return undefined;
  }
  const role = roleOf(pool, facts);
  const [problem] = findProbeProblems(
    findContainer(pod.spec, MAIN_CONTAINER),
    role,
    facts.tls,
  );
  const recent = recentEvents(pod, facts);
  const wrong = recent.find(({ message }) => WRONG_PROBE.test(message));
  if (wrong && (!main.ready || main.restarts > 0)) {
    return inPod(pod, [fromEvent(wrong)], {
      detail: {
        problem: problem?.problem ?? describeAnswer(wrong.message),
        ...(problem ? probeWords(problem) : { code: 'answer' }),
      },
    });
  }
  const killed = recent.find(({ message }) => KILLED_ALIVE.test(message));
  if (killed && (main.ready || problem)) {
    return inPod(pod, [fromEvent(killed)], {
      detail: {
        problem:
          problem?.problem ??
          'the liveness probe kills a container that serves',
        ...(problem ? probeWords(problem) : { code: 'kills' }),
      },
    });
  }
  // A wrong probe on a pod that is not ready explains it; on a ready one it is shown by the lints.
  return problem &&
    !main.ready &&
    main.state?.kind === 'running' &&
    (main.restarts > 0 || !isStarting(pod, facts))
    ? inPod(pod, [evidence('Spec', `Pod/${pod.name}`, problem.problem)], {
        detail: { problem: problem.problem, ...probeWords(problem) },
      })
    : undefined;
}

function probeWords({ kind, field }: ProbeProblem) {
  return { code: field, probe: kind };
}

function roleOf(pool: PoolFacts, facts: Facts) {
  if (!facts.disaggregated) {
    return 'both';
  }
  return pool.name === 'prefill' ? 'prefill' : 'decode';
}

function describeAnswer(message: string): string {
  const kind = asText(/^(\w+) probe/.exec(message)?.[1])?.toLowerCase();
  return `the ${
    kind ?? 'health'
  } probe gets an answer in another protocol or none at that path`;
}
