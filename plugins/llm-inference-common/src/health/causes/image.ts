import type { ContainerStatus, Pod } from '../../resource/pod';
import type { CauseId } from '../CauseId';
import { isWithin, type Facts, type PoolFacts } from '../facts/Facts';
import { podEvents } from '../facts/podEvents';
import { evidence } from '../quote';
import type { Evidence } from '../ServingHealth';
import type { CauseDefinition, Detail, Finding } from './CauseDefinition';
import { containerOf, fromEvent, inPod, templateOf, word } from './words';

const PULL_REASONS =
  /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;

const DETAILED =
  /ErrImageNeverPull|ImageInspectError|i\/o timeout|no such host|x509:|connection refused|no space left on device|unexpected EOF/i;

interface PullFailure {
  container: ContainerStatus;
  text: string;
  evidence: Evidence[];
}

/** What is known of an image that cannot be pulled: the waiting message, and the event where that says nothing. */
function readPullFailure(pod: Pod, facts: Facts): PullFailure | undefined {
  for (const container of pod.containers) {
    const { state } = container;
    if (state?.kind !== 'waiting' || !PULL_REASONS.test(state.reason)) {
      continue;
    }
    const object = `Pod/${pod.name}`;
    const own = [
      evidence('ContainerStatus', object, state.message || state.reason),
    ];
    const text = `${state.reason} ${state.message}`;
    if (classify(text) !== 'image-pull-failed' || DETAILED.test(text)) {
      return { container, text, evidence: own };
    }
    const event = podEvents(pod, facts).find(
      ({ reason, message }) =>
        reason === 'Failed' &&
        /Failed to pull image/i.test(message) &&
        (!container.image || message.includes(container.image)),
    );
    return event
      ? {
          container,
          text: `${text} ${event.message}`,
          evidence: [fromEvent(event), ...own],
        }
      : { container, text, evidence: own };
  }
  return undefined;
}

/** In the order of testing: registries answer several things at once. */
const PULL_PATTERNS: ReadonlyArray<readonly [CauseId, RegExp]> = [
  [
    'image-rate-limited',
    /toomanyrequests|429 Too Many Requests|pull rate limit/i,
  ],
  [
    'image-pull-unauthorized',
    /\b401 Unauthorized\b|\b403 Forbidden\b|authentication required|unauthorized|pull access denied|no basic auth credentials|failed to authorize|failed to fetch (?:anonymous|oauth) token|\bdenied\b/i,
  ],
  [
    'image-not-found',
    /InvalidImageName|manifest unknown|manifest for \S+ not found|: not found(?:["\s]|$)|name unknown|repository does not exist/i,
  ],
];

function classify(text: string): CauseId {
  return (
    PULL_PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ??
    'image-pull-failed'
  );
}

function pullFailure(id: CauseId) {
  return (pod: Pod, _: PoolFacts, facts: Facts): Finding | undefined => {
    const failure = readPullFailure(pod, facts);
    return failure && classify(failure.text) === id
      ? inPod(pod, failure.evidence, {
          detail: {
            image: failure.container.image,
            container: failure.container.name,
            init: failure.container.init ? 'yes' : undefined,
            registry: registryOf(failure.container.image),
          },
        })
      : undefined;
  };
}

function registryOf(image: string | undefined): string | undefined {
  const first = image?.split('/')[0] ?? '';
  return /[.:]/.test(first) && image?.includes('/') ? first : undefined;
}

const imageOf = ({ detail }: { detail: Detail }) =>
  detail.image ? `image ${detail.image}` : 'its image';

const REFERENCE_PATTERNS: ReadonlyArray<
  readonly [RegExp, (match: RegExpExecArray) => Detail]
> = [
  [
    /\b(secret|configmap) "([^"]+)" not found/i,
    ([, kind, name]) => ({ kind: kindOf(kind), name }),
  ],
  [
    /couldn'?t find key (\S+) in (Secret|ConfigMap) (\S+)/i,
    ([, key, kind, name]) => ({ kind: kindOf(kind), name, key }),
  ],
  [
    /references non-existent (secret|config) key:? ?(\S+)?/i,
    ([, kind, key]) => ({ kind: kindOf(kind), key }),
  ],
];

function kindOf(written: string): string {
  return /secret/i.test(written) ? 'Secret' : 'ConfigMap';
}

function readReference(text: string): Detail | undefined {
  for (const [pattern, detail] of REFERENCE_PATTERNS) {
    const match = pattern.exec(text);
    if (match) {
      return detail(match);
    }
  }
  return undefined;
}

/** Images, and what containers refer to. */
export const imageCauses: CauseDefinition[] = [
  {
    id: 'image-pull-unauthorized',
    severity: 'Critical',
    step: 'image',
    title: 'The registry refuses the image',
    podsSummary: cause =>
      `cannot pull ${imageOf(cause)}: the registry refuses access`,
    explanation: cause =>
      `The registry ${word(
        cause,
        'registry',
        '',
      )} wants credentials for ${imageOf(
        cause,
      )}, or does not accept those given. Docker Hub answers the same for a repository that does not exist.`,
    remedy: cause =>
      `Set ${templateOf(
        cause,
      )}.imagePullSecrets of this pool (pools do not inherit from each other), or give the secret to its service account.`,
    findInPod: pullFailure('image-pull-unauthorized'),
  },
  {
    id: 'image-rate-limited',
    severity: 'Critical',
    step: 'image',
    title: 'The registry limits image pulls',
    podsSummary: cause =>
      `cannot pull ${imageOf(cause)}: the registry's pull limit is reached`,
    explanation:
      'The registry answers only so many pulls per hour from this address or account, and the limit is reached.',
    remedy: cause =>
      `Use a registry mirror, or pull with credentials (${templateOf(
        cause,
      )}.imagePullSecrets).`,
    findInPod: pullFailure('image-rate-limited'),
  },
  {
    id: 'image-not-found',
    severity: 'Critical',
    step: 'image',
    title: 'The image does not exist',
    podsSummary: cause => `cannot pull ${imageOf(cause)}: it does not exist`,
    explanation: cause =>
      `The registry has no ${imageOf(cause)}: the name or the tag is wrong.`,
    remedy: cause =>
      `Correct ${containerOf(
        cause,
      )}.image, best by digest and the same in both pools.`,
    findInPod: pullFailure('image-not-found'),
  },
  {
    id: 'image-pull-failed',
    severity: 'Critical',
    step: 'image',
    title: 'The image cannot be pulled',
    podsSummary: cause => `cannot pull ${imageOf(cause)}`,
    explanation: cause =>
      `Pulling ${imageOf(
        cause,
      )} fails, for a reason on the way to the registry or on the node (name resolution, certificate, time-out, disk).`,
    remedy: cause =>
      `Follow the quoted reason; check from the node that it reaches ${word(
        cause,
        'registry',
        'the registry',
      )} and has free disk.`,
    findInPod: pullFailure('image-pull-failed'),
  },
  {
    id: 'config-reference-missing',
    severity: 'Critical',
    step: 'image',
    title: ({ detail }) =>
      `${detail.kind} ${detail.name ?? detail.key ?? ''} is missing`,
    podsSummary: ({ detail }) =>
      `cannot start: ${detail.kind} ${detail.name ?? ''}${
        detail.key ? ` (key ${detail.key})` : ''
      } is missing`,
    explanation: ({ detail }) =>
      `A container refers to the ${detail.kind} ${detail.name ?? ''}${
        detail.key ? ` and its key ${detail.key}` : ''
      }, which does not exist in this namespace. Often it is the Hugging Face token.`,
    remedy: ({ detail }) =>
      `Create the ${detail.kind} ${detail.name ?? ''}${
        detail.key ? ` with key ${detail.key}` : ''
      } in this namespace${
        detail.kind === 'Secret' ? ', out of band and never in Git' : ''
      }, or correct the name where it is used.`,
    findInPod(pod, _, facts) {
      for (const { state } of pod.containers) {
        const found =
          state?.kind === 'waiting' &&
          /^CreateContainer(?:Config)?Error$/.test(state.reason)
            ? readReference(state.message)
            : undefined;
        if (found && state) {
          return inPod(
            pod,
            [evidence('ContainerStatus', `Pod/${pod.name}`, state.message)],
            { detail: found },
          );
        }
      }
      return findFailedMount(pod, facts);
    },
  },
];

function findFailedMount(pod: Pod, facts: Facts): Finding | undefined {
  const started = pod.containers.some(
    ({ state, last }) => state?.kind === 'running' || last,
  );
  if (pod.ready || started || !pod.node) {
    return undefined;
  }
  for (const event of podEvents(pod, facts)) {
    const detail =
      event.reason === 'FailedMount' ? readReference(event.message) : undefined;
    if (detail && !isMadeByController(detail, pod, facts)) {
      return inPod(pod, [fromEvent(event)], { detail });
    }
  }
  return undefined;
}

/** The controller makes the TLS secret of a service beside its pods; it is late for a few seconds at first. */
function isMadeByController({ name }: Detail, pod: Pod, facts: Facts): boolean {
  return (
    name?.endsWith('-kserve-self-signed-certs') === true &&
    isWithin(facts, pod.createdAt, facts.thresholds.podCreation)
  );
}
