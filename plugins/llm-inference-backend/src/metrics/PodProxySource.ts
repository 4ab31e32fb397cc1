import { toError } from '@backstage/errors';
import { PageReader, redactText } from 'backstage-plugin-llm-inference-common';
import type {
  FramePacker,
  ScrapeFrame,
  ScrapeTarget,
} from 'backstage-plugin-llm-inference-common';
import type { KubernetesClient } from '../clusters/KubernetesClient';
import { KubernetesError } from '../clusters/KubernetesError';
import type { Clock } from '../watch/Clock';
import type {
  MetricsProblemKind,
  MetricsSource,
  PodReading,
} from './MetricsSource';
import { Slots } from './Slots';

/** A page of a busy engine has about 150 KiB. */
const LONGEST_PAGE = 4 * 1024 * 1024;

const LONGEST_MS = 10_000;

/** How long a pod that wants a token is left alone; who opens it need not wait for ever. */
const UNMEASURED_MS = 5 * 60_000;

/** Reads `/metrics` of pods through the API server of their cluster, with the portal's own right to `pods/proxy`. */
export class PodProxySource implements MetricsSource {
  readonly kind = 'PodProxy';
  readonly #client: () => KubernetesClient | undefined;
  readonly #clock: Clock;
  readonly #slots: Slots;
  readonly #pages: PageReader;
  /** Pods that answered 401 or 403 themselves, and until when they are believed. */
  readonly #closed = new Map<string, { until: number; message: string }>();

  constructor(options: {
    client: () => KubernetesClient | undefined;
    clock: Clock;
    /** Pods read at the same time. */
    concurrency: number;
    packer: FramePacker;
  }) {
    this.#client = options.client;
    this.#clock = options.clock;
    this.#slots = new Slots(options.concurrency);
    this.#pages = new PageReader(options.packer);
  }

  async read(
    namespace: string,
    targets: readonly ScrapeTarget[],
    signal: AbortSignal,
  ): Promise<PodReading[]> {
    return await Promise.all(
      targets.map(target =>
        this.#slots.run(() => this.#readPod(namespace, target, signal)),
      ),
    );
  }

  async #readPod(
    namespace: string,
    target: ScrapeTarget,
    signal: AbortSignal,
  ): Promise<PodReading> {
    signal.throwIfAborted();
    const key = `${namespace}/${target.pod}`;
    const closed = this.#closed.get(key);
    if (closed && isAhead(closed.until, this.#clock.now())) {
      return { target, problem: 'Unmeasured', message: closed.message };
    }
    this.#closed.delete(key);
    const client = this.#client();
    if (!client) {
      return {
        target,
        problem: 'Unreachable',
        message: 'The cluster is not watched',
      };
    }
    try {
      const page = await client.getProxied(
        proxyPath(namespace, target),
        LONGEST_PAGE,
        AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      );
      return { target, frame: this.#parse(key, page) };
    } catch (error) {
      if (signal.aborted) throw error;
      return this.#failed(key, target, error);
    }
  }

  #parse(key: string, page: string): ScrapeFrame {
    try {
      return this.#pages.read(key, this.#clock.now(), page);
    } catch (cause) {
      throw new KubernetesError(
        'Protocol',
        `The page is not in the Prometheus text format: ${
          toError(cause).message
        }`,
        { cause },
      );
    }
  }

  #failed(key: string, target: ScrapeTarget, error: unknown): PodReading {
    const problem = problemOf(error, target);
    const message =
      problem === 'Unmeasured'
        ? 'The scheduler wants a token for its metrics, and the API server passes none on; open them, or use a Prometheus'
        : redactText(toError(error).message);
    if (problem === 'Unmeasured') {
      this.#closed.set(key, {
        until: this.#clock.now() + UNMEASURED_MS,
        message,
      });
      this.#forgetOld();
    }
    return { target, problem, message };
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#closed) {
      if (!isAhead(until, now)) this.#closed.delete(key);
    }
  }
}

/** Whether a time has still to come; one that is too far ahead was set by a clock that ran ahead. */
function isAhead(until: number, now: number): boolean {
  return until > now && until <= now + UNMEASURED_MS;
}

/** Every part was found in the cluster; the scheme and the port are ours. */
function proxyPath(namespace: string, { pod, port, scheme }: ScrapeTarget) {
  const name = encodeURIComponent(pod);
  const place =
    scheme === 'https' ? `https:${name}:${port}` : `${name}:${port}`;
  return `/api/v1/namespaces/${encodeURIComponent(
    namespace,
  )}/pods/${place}/proxy/metrics`;
}

/** The scheduler checks tokens itself; a 403 of anyone else is the API server's, about `pods/proxy`. */
function problemOf(error: unknown, { part }: ScrapeTarget): MetricsProblemKind {
  const kind = error instanceof KubernetesError ? error.kind : 'Network';
  if (kind === 'Unauthorized' && part === 'scheduler') return 'Unmeasured';
  if (kind === 'Forbidden') return 'Forbidden';
  return kind === 'Protocol' ? 'Unreadable' : 'Unreachable';
}
