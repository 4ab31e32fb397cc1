import { once } from 'node:events';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { Response } from 'express';
import { redactText } from 'backstage-plugin-llm-inference-common';
import type {
  PodLogQuery,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { KubernetesError } from '../clusters/KubernetesError';
import { objectOf, objectsOf } from '../store/projection/fields';
import type { Fleet } from '../watch/Fleet';
import { readLines } from '../watch/lines';

/** Logs that may be followed at the same time, in one replica. */
const OPEN_LOGS = 50;

/** A followed log that is silent for this long is ended; the reader may open it again. */
const SILENCE_MS = 15 * 60_000;

/** Bytes of one answer that is not followed. */
const LONGEST_LOG = 4 * 1024 * 1024;

/** Reads the logs of the pods of services, secrets replaced line by line. */
export class PodLogs {
  readonly #fleet: Fleet;
  #open = 0;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /**
   * Sends the log of a container of one of the service's own pods. No name reaches the cluster that was not
   * found in the store first.
   */
  async send(
    service: ServiceRef,
    pod: string,
    query: PodLogQuery,
    response: Response,
  ): Promise<void> {
    const watcher = this.#fleet.watcher(service.cluster);
    if (
      !watcher?.client ||
      !this.#hasContainer(service, pod, query.container)
    ) {
      throw new NotFoundError(
        `The service ${service.namespace}/${service.name} has no pod '${pod}' with a container '${query.container}'`,
      );
    }
    if (this.#open >= OPEN_LOGS) {
      throw new ServiceUnavailableError('Too many logs are open; close one');
    }
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    this.#open += 1;
    try {
      const stream = await watcher.client.openStream(
        `/api/v1/namespaces/${encodeURIComponent(
          service.namespace,
        )}/pods/${encodeURIComponent(pod)}/log`,
        {
          container: query.container,
          tailLines: query.tailLines ?? 500,
          follow: query.follow || undefined,
          previous: query.previous || undefined,
          limitBytes: query.follow ? undefined : LONGEST_LOG,
        },
        SILENCE_MS,
        abort.signal,
      );
      await relay(stream, response);
    } catch (error) {
      if (!abort.signal.aborted) throw asAnswer(error);
    } finally {
      this.#open -= 1;
    }
  }

  #hasContainer(service: ServiceRef, pod: string, container: string): boolean {
    const objects = this.#fleet
      .watcher(service.cluster)
      ?.store.objectsOf(service.namespace, service.name);
    const found = objects?.find(
      ({ kind, metadata }) => kind === 'Pod' && metadata?.name === pod,
    );
    const spec = objectOf(found?.spec);
    return [
      ...objectsOf(spec.initContainers),
      ...objectsOf(spec.containers),
    ].some(({ name }) => name === container);
  }
}

async function relay(
  stream: AsyncIterable<Buffer>,
  response: Response & { flush?: () => void },
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  response.flushHeaders();
  for await (const line of readLines(withLastLine(stream))) {
    const room = response.write(`${redactText(line)}\n`);
    response.flush?.();
    if (!room)
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) return;
  }
  response.end();
}

/** A log may end without a newline; its last line counts too. */
async function* withLastLine(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield* stream;
  yield Buffer.from('\n');
}

function asAnswer(error: unknown): unknown {
  if (!(error instanceof KubernetesError)) return error;
  if (error.kind === 'Forbidden') {
    return new NotAllowedError(
      'The portal may not read logs in this cluster; grant it get on pods/log',
    );
  }
  if (error.kind === 'NotFound' || error.status === 400) {
    return new NotFoundError(
      'The container has no such log (it has not started, or has not run before)',
    );
  }
  return new ServiceUnavailableError(
    `The log cannot be read now: ${redactText(error.message)}`,
  );
}
