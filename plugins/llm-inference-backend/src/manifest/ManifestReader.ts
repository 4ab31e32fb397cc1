import { createHash } from 'node:crypto';
import {
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  lintManifests,
  locateFindings,
  redactText,
} from 'backstage-plugin-llm-inference-common';
import type {
  ServiceManifest,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { stringify } from 'yaml';
import { TimedCache } from '../access/TimedCache';
import { readKserveVersion } from '../capabilities/kserveVersion';
import type { KubernetesClient } from '../clusters/KubernetesClient';
import { KubernetesError } from '../clusters/KubernetesError';
import type { Fleet } from '../watch/Fleet';
import { redactManifest } from './redactManifest';

/** How long a manifest is kept that the watch says has not changed. */
const LIFETIME_MS = 10 * 60_000;

/** Manifests kept at most; one takes about 20 KiB. */
const CAPACITY = 200;

/** A reading takes at most this long. */
const LONGEST_MS = 15_000;

/** As Kubernetes reads: YAML 1.1, in which a bare `y` is no text; nothing is folded or shortened to an anchor. */
const YAML_OPTIONS = {
  lineWidth: 0,
  aliasDuplicateObjects: false,
  compat: 'yaml-1.1',
} as const;

/**
 * Reads the manifests of services. What is watched is kept without what health does not read (start scripts
 * above all) and would be no true manifest, so that the cluster is asked, but once per version that the
 * watch has seen, and only when somebody opens a manifest.
 */
export class ManifestReader {
  readonly #fleet: Fleet;
  readonly #logger: LoggerService;
  readonly #cache = new TimedCache<ServiceManifest>({
    lifetimeMs: LIFETIME_MS,
    capacity: CAPACITY,
  });

  constructor(options: { fleet: Fleet; logger: LoggerService }) {
    this.#fleet = options.fleet;
    this.#logger = options.logger;
  }

  /** The manifest of a service that is known to be there; throws where the cluster does not give it. */
  async read(service: ServiceRef): Promise<ServiceManifest> {
    const { cluster, namespace, name } = service;
    const watcher = this.#fleet.watcher(cluster);
    const seen = watcher?.store.serviceResource(namespace, name);
    if (!watcher?.client || !seen?.apiVersion) {
      throw new NotFoundError(
        `There is no service ${namespace}/${name} in cluster ${cluster}`,
      );
    }
    const { client, store } = watcher;
    const { status: _status, ...written } = seen;
    const baseConfigs = [...store.objectsOfKind('LLMInferenceServiceConfig')];
    const key = fingerprint([service, written, baseConfigs]);
    const kept = this.#cache.get(key);
    if (kept) return await kept;
    const reading = this.#ask(client, service, seen.apiVersion, baseConfigs);
    this.#cache.set(key, reading);
    return await reading;
  }

  async #ask(
    client: KubernetesClient,
    service: ServiceRef,
    apiVersion: string,
    baseConfigs: unknown[],
  ): Promise<ServiceManifest> {
    const { namespace, name } = service;
    const signal = AbortSignal.timeout(LONGEST_MS);
    const path = `/apis/${apiVersion}/namespaces/${encodeURIComponent(
      namespace,
    )}/llminferenceservices/${encodeURIComponent(name)}`;
    const [object, kserveVersion] = await Promise.all([
      client.getJson(path, {}, signal).catch(error => {
        throw asAnswer(error, service);
      }),
      this.#kserveVersion(client, signal),
    ]);
    const findings = lintManifests([object], {
      baseConfigs,
      ...(kserveVersion ? { kserveVersion } : {}),
    });
    const yaml = stringify(redactManifest(object), YAML_OPTIONS);
    return {
      service,
      yaml,
      findings: locateFindings(yaml, findings),
      readAt: new Date().toISOString(),
      ...(kserveVersion ? { kserveVersion } : {}),
    };
  }

  /** Without its version every lint still holds that does not depend on it. */
  async #kserveVersion(
    client: KubernetesClient,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      return await readKserveVersion(client, signal);
    } catch (error) {
      this.#logger.debug(
        `The version of KServe in ${client.name} is not known: ${
          isError(error) ? error.message : String(error)
        }`,
      );
      return undefined;
    }
  }
}

function fingerprint(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64url');
}

function asAnswer(error: unknown, service: ServiceRef): unknown {
  const { cluster, namespace, name } = service;
  if (!(error instanceof KubernetesError)) {
    return new ServiceUnavailableError(
      `Cluster ${cluster} does not answer in time`,
    );
  }
  if (error.kind === 'Forbidden') {
    return new NotAllowedError(
      `The portal may not read manifests in cluster ${cluster}; grant it get on llminferenceservices`,
    );
  }
  if (error.kind === 'NotFound') {
    return new NotFoundError(
      `There is no service ${namespace}/${name} in cluster ${cluster} any more`,
    );
  }
  return new ServiceUnavailableError(
    `The manifest cannot be read now: ${redactText(error.message)}`,
  );
}
