import { MAIN_CONTAINER } from '../../resource/containers';
import type { ContainerStatus, Pod } from '../../resource/pod';
import type { Facts, PoolFacts } from '../facts/Facts';
import { evidence } from '../quote';
import { isReadyAgain, lastFailure } from '../stages/failedText';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { lastErrorOf } from './model';
import { inPod, templateOf, word } from './words';

/** What is left when nothing else explains why a container keeps failing. */
export const crashCauses: CauseDefinition[] = [
  {
    id: 'engine-crash',
    severity: 'Critical',
    step: 'probes',
    title: ({ detail }) => `Container ${detail.container} keeps crashing`,
    podsSummary: ({ detail }) =>
      `crashed: container ${detail.container} exited with code ${detail.exit}`,
    explanation: ({ detail }) =>
      detail.silent
        ? `Container ${detail.container} exited ${detail.times} times and left no message: its terminationMessagePolicy is File, which the preset uses for prefill.`
        : `Container ${detail.container} exited ${detail.times} times, with a message that no known cause explains.`,
    remedy: cause =>
      cause.detail.silent
        ? `Read the log of its last run (kubectl logs --previous), and set terminationMessagePolicy: FallbackToLogsOnError on ${templateOf(
            cause,
          )}.containers[${word(
            cause,
            'container',
            MAIN_CONTAINER,
          )}] so that the next crash says why.`
        : `Follow the quoted line; read the whole log of the last run (kubectl logs --previous -c ${word(
            cause,
            'container',
            MAIN_CONTAINER,
          )}).`,
    findInPod: findCrash,
  },
];

/** Any container that fails again and again. */
function findCrash(pod: Pod, _: PoolFacts, facts: Facts): Finding | undefined {
  for (const container of pod.containers) {
    const failure = lastFailure(container, facts);
    const looping =
      container.state?.kind === 'waiting' &&
      container.state.reason === 'CrashLoopBackOff';
    const repeated =
      failure !== undefined &&
      container.restarts >= facts.thresholds.crashRestarts;
    if (looping || repeated) {
      const text =
        lastErrorOf(failure?.message ?? '') ?? lastOfLog(pod, container, facts);
      const exit = String(failure?.exitCode ?? 'unknown');
      return inPod(
        pod,
        [
          evidence(
            'ContainerStatus',
            `Pod/${pod.name}`,
            text ??
              `${container.name}: exit code ${exit}, no message: terminationMessagePolicy is File`,
            failure?.finishedAt,
          ),
        ],
        {
          detail: {
            container: container.name,
            exit,
            times: String(Math.max(1, container.restarts)),
            silent: text === undefined ? 'yes' : undefined,
          },
          severity: isReadyAgain(container) ? 'Warning' : undefined,
        },
      );
    }
  }
  return undefined;
}

function lastOfLog(
  pod: Pod,
  container: ContainerStatus,
  facts: Facts,
): string | undefined {
  const lines = facts.logs.read(pod.name, container.name);
  return lines && lines.length > 0
    ? lastErrorOf(lines.slice(-200).join('\n'))
    : undefined;
}
