import { isIP } from 'node:net';
import {
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import {
  architectureFromConfig,
  weightBytesFromIndex,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';
import { Agent, request } from 'undici';
import { TimedCache } from '../access/TimedCache';
import type { ModelsConfig } from './ModelsConfig';
import { isPrivateAddress, publicLookup } from './publicLookup';

const KEPT_MS = 3_600_000;
const KEPT_MODELS = 500;

/** One file takes at most this long. */
const LONGEST_MS = 10_000;

/** Bytes of a config.json; the largest known have some 100 KiB. */
const LARGEST_CONFIG = 1_000_000;

/** Bytes of an index of weights, which names every tensor of the model. */
const LARGEST_INDEX = 20_000_000;

/** Redirects within the hub, for example of a model that has a new name. */
const REDIRECTS = 3;

const HUB_MODEL =
  /^hf:\/\/([A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95})(?::([A-Za-z0-9][\w.-]{0,127}))?$/;

/** Reads the numbers of models from the configurations that a model hub has. */
export class ModelHub {
  readonly #config: ModelsConfig;
  readonly #agent: Agent;
  readonly #kept = new TimedCache<ModelArchitecture>({
    lifetimeMs: KEPT_MS,
    capacity: KEPT_MODELS,
  });

  constructor(config: ModelsConfig) {
    this.#config = config;
    this.#agent = new Agent({
      connect: config.allowPrivateHosts ? {} : { lookup: publicLookup },
    });
  }

  /**
   * The numbers of a model, at most an hour old.
   *
   * @param uri - `hf://owner/name`, also with `:revision`
   * @throws NotFoundError where there is no hub, or the hub shows no such model
   * @throws ServiceUnavailableError where the hub cannot be read
   */
  async architecture(uri: string): Promise<ModelArchitecture> {
    const { baseUrl } = this.#config;
    if (!baseUrl) {
      throw new NotFoundError(
        'The numbers of models are not looked up in this portal; llmInference.models.baseUrl names the hub',
      );
    }
    const [, repository, revision = 'main'] = HUB_MODEL.exec(uri) ?? [];
    if (!repository || repository.includes('..') || revision.includes('..')) {
      throw new NotFoundError(
        `Only models of a hub (hf://owner/name) have numbers to look up, not '${uri.slice(
          0,
          120,
        )}'`,
      );
    }
    const kept = this.#kept.get(uri);
    if (kept) return await kept;
    const folder = `${baseUrl.replace(
      /\/+$/,
      '',
    )}/${repository}/resolve/${revision}`;
    const answer = this.#read(folder, uri);
    this.#kept.set(uri, answer);
    return await answer;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #read(folder: string, uri: string): Promise<ModelArchitecture> {
    const config = await this.#json(`${folder}/config.json`, LARGEST_CONFIG);
    if (config === undefined) {
      throw new NotFoundError(
        `The hub shows no config.json of '${uri}': there is no such model, or llmInference.models.token may not read it`,
      );
    }
    // A model of one file has no index; its weights then stay unknown.
    const index = await this.#json(
      `${folder}/model.safetensors.index.json`,
      LARGEST_INDEX,
    );
    const weightBytes = weightBytesFromIndex(index);
    return {
      ...architectureFromConfig(config),
      name: uri.replace(/^hf:\/\//, ''),
      ...(weightBytes && { weightBytes }),
    };
  }

  /** A file of the hub; undefined where it shows none. The token goes to the hub's own origin only. */
  async #json(file: string, largest: number): Promise<unknown> {
    const { token, allowPrivateHosts } = this.#config;
    const { origin } = new URL(file);
    const deadline = AbortSignal.timeout(LONGEST_MS);
    let url = new URL(file);
    try {
      for (let hop = 0; hop <= REDIRECTS; hop += 1) {
        const host = url.hostname.replace(/^\[|\]$/g, '');
        if (!allowPrivateHosts && isIP(host) && isPrivateAddress(host)) {
          throw new Error(`${host} is a private host`);
        }
        const { statusCode, headers, body } = await request(url, {
          dispatcher: this.#agent,
          signal: deadline,
          headers: {
            accept: 'application/json',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
        });
        if (statusCode === 200) return await limitedJson(body, largest);
        await body.dump();
        if ([401, 403, 404].includes(statusCode)) return undefined;
        const { location } = headers;
        if (statusCode < 300 || statusCode > 399 || !location) {
          throw new Error(`it answered ${statusCode}`);
        }
        url = new URL(String(location), url);
        if (url.origin !== origin) {
          throw new Error('it redirects to another host');
        }
      }
      throw new Error(`it redirects more than ${REDIRECTS} times`);
    } catch (error) {
      const { message } = toError(error);
      throw new ServiceUnavailableError(
        `The model hub could not be read: ${message}${
          message.endsWith('private host')
            ? '; llmInference.models.allowPrivateHosts allows it'
            : ''
        }`,
      );
    }
  }
}

async function limitedJson(
  body: AsyncIterable<Buffer>,
  largest: number,
): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > largest) {
      throw new Error(`a file has more than ${largest} bytes`);
    }
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
