import { MAIN_CONTAINER } from '../../resource/containers';
import type { Pod } from '../../resource/pod';
import { enginePools, type Facts } from '../facts/Facts';
import { findFabric } from '../kv/fabric';
import type {
  CauseDefinition,
  Detail,
  Finding,
  TextContext,
} from './CauseDefinition';
import { asksForRdma, findInLogs, fromLog, type LogMatch } from './engineLogs';
import { mainOf, templateOf, word } from './words';

/** The same patterns in running engines. */
function runningEngines(
  patterns: readonly RegExp[],
  options: {
    detail?: (match: RegExpExecArray) => Detail;
    rdmaOnly?: boolean;
    severity?: (match: LogMatch, facts: Facts) => Finding['severity'];
  } = {},
) {
  return (facts: Facts): Finding[] =>
    facts.disaggregated
      ? findInLogs(
          facts,
          enginePools(facts).filter(
            pool => !options.rdmaOnly || asksForRdma(pool),
          ),
          patterns,
          { lasting: true },
        )
          .filter(({ pod }) => isRunning(pod))
          .map(match =>
            fromLog(match, {
              detail: options.detail?.(match.match),
              severity: options.severity?.(match, facts),
            }),
          )
      : [];
}

/** A crashed engine is judged by its last words instead. */
function isRunning(pod: Pod): boolean {
  return pod.containers.some(
    ({ name, state }) => name === MAIN_CONTAINER && state?.kind === 'running',
  );
}

const MEMLOCK = [
  /Please set max locked memory \(ulimit -l\) to 'unlimited' \(current: (\d+) kbytes\)/i,
  /ibv_(?:reg_(?:dmabuf_)?mr|create_(?:cq|qp|srq)).*Cannot allocate memory/i,
];
const NO_NIXL = [
  /NIXL is not available/i,
  /No module named '(?:nixl|rixl)[^']*'/i,
];
const NO_DEVICE = [
  /\bdevices? '([^']+)'(?:,'[^']+')* (?:is|are) not available, please use one or more of: (.*)/i,
  /no usable transports\/devices \(asked (.+)\)/i,
];
const NO_TRANSPORT = [
  /transports? '([^']+)'(?:,\s?'[^']+')* (?:is|are) not available, please use one or more of: (.*)/i,
  /no (?:active messages|remote \S+ memory access|auxiliary|am|copy across memory types) transport to/i,
  /VRAM memory is detected as host by UCX/i,
  /no RDMA transports available/i,
];

/** A warning of UCX is not what ended a container that was killed from outside. */
function isKilledWarning({ line, exitCode }: TextContext): boolean {
  return /\bWARN\b/.test(line) && (exitCode === 137 || exitCode === 143);
}

/** Warning where UCX only warned and the pod works all the same. */
function onlyWarned(
  { line, pod }: LogMatch,
  facts: Facts,
): Finding['severity'] {
  const warned = /\bWARN\b/.test(line);
  const transfers =
    findFabric(facts).fabric !== 'Unverified' ||
    facts.logs
      .read(pod.name, MAIN_CONTAINER)
      ?.some(text => /Num successful transfers=[1-9]/.test(text)) === true;
  return warned && transfers ? 'Warning' : undefined;
}

/** What keeps the KV connector of an engine from starting, or from reaching the fabric. */
export const kvStartCauses: CauseDefinition[] = [
  {
    id: 'nixl-unavailable',
    severity: 'Critical',
    step: 'crash',
    title: 'The image has no NIXL',
    podsSummary: 'cannot transfer KV blocks: the image has no NIXL',
    explanation:
      'The engine is told to use the NIXL connector, and its image does not contain the library.',
    remedy: cause =>
      `Use an image that has NIXL (llm-d-cuda, or vllm-openai built with nixl) in ${mainOf(
        cause,
      )}.image, the same in both pools.`,
    findInText: { of: 'engine', patterns: NO_NIXL },
    findInService: runningEngines(NO_NIXL),
  },
  {
    id: 'memlock-limit',
    severity: 'Critical',
    step: 'crash',
    title: 'The node limits locked memory',
    podsSummary: ({ detail }) =>
      `cannot register memory for RDMA: the node allows ${
        detail.limit ? `${detail.limit} kbytes of` : 'too little'
      } locked memory`,
    explanation:
      'RDMA needs memory that is locked in place, and the container runtime of that node limits how much a container may lock.',
    remedy:
      'Set LimitMEMLOCK=infinity for the container runtime (containerd or CRI-O) on those nodes. IPC_LOCK does nothing for a user other than root without ambient capabilities.',
    findInText: {
      of: 'engine',
      patterns: MEMLOCK,
      detail: ([, limit]) => ({ limit }),
      unless: ({ pool }) => !asksForRdma(pool),
    },
    findInService: runningEngines(MEMLOCK, {
      rdmaOnly: true,
      detail: ([, limit]) => ({ limit }),
    }),
  },
  {
    id: 'ucx-device-unavailable',
    severity: 'Critical',
    step: 'crash',
    title: 'The network device that UCX was given does not exist',
    podsSummary: cause =>
      `cannot use the network device ${word(
        cause,
        'device',
        'that UCX_NET_DEVICES names',
      )}: it is not in the pod`,
    explanation: ({ detail }) =>
      detail.available
        ? `UCX was told to use ${detail.device}. In the pod there are: ${detail.available}.`
        : 'UCX finds none of the devices or transports that it was told to use.',
    remedy: cause =>
      `Remove UCX_NET_DEVICES from ${mainOf(
        cause,
      )}.env, or set it to a name from the list, with its port: mlx5_0:1 (NCCL_IB_HCA is written without one).`,
    findInText: {
      of: 'engine',
      patterns: NO_DEVICE,
      detail: ([, device, available]) => ({ device, available }),
      unless: isKilledWarning,
    },
    findInService: runningEngines(NO_DEVICE, {
      detail: ([, device, available]) => ({ device, available }),
      severity: onlyWarned,
    }),
  },
  {
    id: 'ucx-transport-unavailable',
    severity: 'Critical',
    step: 'crash',
    title: 'A transport that UCX was given is missing',
    podsSummary: cause =>
      `cannot use the UCX transport ${word(
        cause,
        'transport',
        'they were told to use',
      )}`,
    explanation: ({ detail }) =>
      detail.available
        ? `UCX was told to use ${detail.transport}. It has: ${detail.available}.`
        : 'UCX has no transport left that reaches the other pool with GPU memory.',
    remedy: cause =>
      `Give ${templateOf(
        cause,
      )} an image whose UCX has the transport and request the RDMA device; a list in UCX_TLS needs rc (or dc) and cuda_copy (rocm_copy on AMD).`,
    findInText: {
      of: 'engine',
      patterns: NO_TRANSPORT,
      detail: ([, transport, available]) => ({ transport, available }),
      unless: isKilledWarning,
    },
    findInService: runningEngines(NO_TRANSPORT, {
      detail: ([, transport, available]) => ({ transport, available }),
      severity: onlyWarned,
    }),
  },
];
