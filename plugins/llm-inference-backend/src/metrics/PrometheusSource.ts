import { toError } from '@backstage/errors';
import {
  measuredSeriesNames,
  redactText,
  withoutTotal,
} from 'backstage-plugin-llm-inference-common';
import type {
  FramePacker,
  MetricSample,
  ScrapeFrame,
  ScrapeTarget,
} from 'backstage-plugin-llm-inference-common';
import { z } from 'zod/v4';
import type { PrometheusConfig } from './MetricsConfig';
import type {
  MetricsProblemKind,
  MetricsSource,
  PodReading,
} from './MetricsSource';
import { Slots } from './Slots';

const LONGEST_MS = 10_000;

/** Bytes of one answer; a service of twenty pods takes about one MiB. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

/** A scrape older than this is no scrape of now; four times the usual interval of 30 seconds. */
const LOOK_BACK = '2m';

const answer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

type Series = z.infer<typeof answer>['data']['result'][number];

class PrometheusError extends Error {
  readonly problem: MetricsProblemKind;

  constructor(problem: MetricsProblemKind, message: string) {
    super(message);
    this.problem = problem;
  }
}

const NAMES = measuredSeriesNames().join('|');

/** Every process tells it, whatever else it measures. */
const PROCESS_START = 'process_start_time_seconds';

/**
 * Reads what a Prometheus-compatible server has scraped of pods: the raw samples with the server's own times,
 * so that the same counting holds as for pages that are read directly.
 */
export class PrometheusSource implements MetricsSource {
  readonly kind = 'Prometheus';
  readonly #config: PrometheusConfig;
  readonly #packer: FramePacker;
  readonly #slots: Slots;

  constructor(config: PrometheusConfig, packer: FramePacker) {
    this.#config = config;
    this.#packer = packer;
    this.#slots = new Slots(config.concurrency);
  }

  async read(
    namespace: string,
    targets: readonly ScrapeTarget[],
    signal: AbortSignal,
  ): Promise<PodReading[]> {
    if (targets.length === 0) return [];
    try {
      const query = this.#query(namespace, targets);
      const series = await this.#slots.run(() => this.#ask(query, signal));
      return this.#byPod(series, targets);
    } catch (error) {
      if (signal.aborted) throw error;
      const failure =
        error instanceof PrometheusError
          ? error
          : new PrometheusError('Unreachable', toError(error).message);
      return targets.map(target => ({
        target,
        problem: failure.problem,
        message: redactText(failure.message),
      }));
    }
  }

  /** Every part is a literal of ours, or a name that the cluster has for an object of its own. */
  #query(namespace: string, targets: readonly ScrapeTarget[]): string {
    const { labels, clusterLabel } = this.#config;
    const matchers = [
      `__name__=~${quoted(NAMES)}`,
      `${labels.namespace}=${quoted(namespace)}`,
      `${labels.pod}=~${quoted(
        targets.map(({ pod }) => escapePattern(pod)).join('|'),
      )}`,
      ...(clusterLabel
        ? [`${clusterLabel.name}=${quoted(clusterLabel.value)}`]
        : []),
    ];
    return `{${matchers.join(',')}}[${LOOK_BACK}]`;
  }

  async #ask(query: string, signal: AbortSignal): Promise<Series[]> {
    const { auth, baseUrl, tenant } = this.#config;
    const response = await fetch(
      `${baseUrl.replace(/\/+$/, '')}/api/v1/query`,
      {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
        body: new URLSearchParams({ query }),
        headers: {
          ...(auth ? { authorization: authorizationOf(auth) } : {}),
          ...(tenant ? { [tenant.header]: tenant.value } : {}),
        },
      },
    );
    if (!response.ok) {
      await response.body?.cancel();
      const denied = response.status === 401 || response.status === 403;
      throw new PrometheusError(
        denied ? 'Forbidden' : 'Unreachable',
        `The metrics server answered ${response.status}`,
      );
    }
    const parsed = answer.safeParse(await readJson(response));
    if (!parsed.success) {
      throw new PrometheusError(
        'Unreadable',
        'The metrics server answered with something that is no range of samples',
      );
    }
    return parsed.data.data.result;
  }

  #byPod(series: Series[], targets: readonly ScrapeTarget[]): PodReading[] {
    const byPod = new Map<string, Series[]>();
    for (const one of series) {
      const pod = one.metric[this.#config.labels.pod] ?? '';
      const known = byPod.get(pod);
      if (known) known.push(one);
      else byPod.set(pod, [one]);
    }
    return targets.map(target => {
      const found = byPod.get(target.pod);
      return found
        ? { target, frame: this.#lastScrape(oneEndpoint(found)) }
        : {
            target,
            problem: 'Unmeasured',
            message: `The metrics server has no recent series of pod ${target.pod}`,
          };
    });
  }

  /** The series of the newest scrape; those that ended before it are gone from the pod. */
  #lastScrape(series: readonly Series[]): ScrapeFrame {
    const newest = Math.max(...series.map(({ values }) => lastOf(values)[0]));
    const samples: MetricSample[] = [];
    for (const { metric, values } of series) {
      const [at, text] = lastOf(values);
      if (at === newest) {
        const { __name__: name = '', ...labels } = metric;
        const value = Number(text);
        samples.push({
          name: withoutTotal(name),
          labels,
          // What is there and no number is not known, and not nothing.
          value: Number.isFinite(value) ? value : Number.NaN,
        });
      }
    }
    return this.#packer.pack(newest * 1000, samples);
  }
}

/**
 * A pod may be scraped twice, decode on its engine's port and through the sidecar, or beside other containers
 * that tell when they began: the series of one endpoint, the one with the most.
 */
function oneEndpoint(series: readonly Series[]): readonly Series[] {
  const endpoints = new Map<string, Series[]>();
  for (const one of series) {
    const key = JSON.stringify([one.metric.instance, one.metric.job]);
    const known = endpoints.get(key);
    if (known) known.push(one);
    else endpoints.set(key, [one]);
  }
  const size = (list: readonly Series[]) =>
    list.filter(({ metric }) => metric.__name__ !== PROCESS_START).length;
  const [[, most]] = [...endpoints].sort(
    ([a, some], [b, others]) => size(others) - size(some) || (a < b ? -1 : 1),
  );
  return most;
}

function lastOf(values: Series['values']): [number, string] {
  return values[values.length - 1] ?? [0, 'NaN'];
}

function authorizationOf(auth: NonNullable<PrometheusConfig['auth']>): string {
  return auth.type === 'bearer'
    ? `Bearer ${auth.token}`
    : `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString(
        'base64',
      )}`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) {
      throw new PrometheusError(
        'Unreadable',
        `The metrics server answered with more than ${LONGEST_ANSWER} bytes`,
      );
    }
    chunks.push(Buffer.from(chunk));
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new PrometheusError(
      'Unreadable',
      'The metrics server answered with something that is not JSON',
    );
  }
}
