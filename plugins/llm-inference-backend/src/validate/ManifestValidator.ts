import { randomBytes } from 'node:crypto';
import { InputError, NotFoundError, isError } from '@backstage/errors';
import {
  lintManifests,
  redactText,
} from 'backstage-plugin-llm-inference-common';
import type {
  DryRunResult,
  ServiceRef,
  ValidateRequest,
  ValidateResponse,
} from 'backstage-plugin-llm-inference-common';
import { parseAllDocuments } from 'yaml';
import type { Capabilities } from '../capabilities/Capabilities';
import { isObject, objectOf, stringOf } from '../store/projection/fields';
import type { Fleet } from '../watch/Fleet';

const DNS_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Objects that are sent to a cluster in one request at most. */
const DRY_RUNS = 20;

/** A dry run takes at most this long. */
const LONGEST_MS = 20_000;

/** Judges manifests: by the lints, and where it is allowed by the cluster itself. */
export class ManifestValidator {
  readonly #fleet: Fleet;
  readonly #capabilities: Capabilities;
  readonly #dryRunAllowed: boolean;

  constructor(options: {
    fleet: Fleet;
    capabilities: Capabilities;
    dryRunAllowed: boolean;
  }) {
    this.#fleet = options.fleet;
    this.#capabilities = options.capabilities;
    this.#dryRunAllowed = options.dryRunAllowed;
  }

  /**
   * Judges manifests; throws where they cannot be read at all.
   *
   * @param isKnown - whether the caller may see the service that is there; any other name is tried as one that
   *   nothing has, because what a cluster says to a change of a service tells that it is there, and more
   */
  async validate(
    request: ValidateRequest,
    isKnown: (service: ServiceRef) => Promise<boolean>,
  ): Promise<ValidateResponse> {
    const objects = parseManifests(request.manifests);
    if (request.dryRun && !request.cluster) {
      throw new InputError('cluster: a dry run needs to know which cluster');
    }
    if (request.dryRun && !this.#dryRunAllowed) {
      throw new InputError(
        'dryRun: dry runs are off in this portal; llmInference.validation.serverDryRun turns them on',
      );
    }
    const watcher =
      request.cluster === undefined
        ? undefined
        : this.#fleet.watcher(request.cluster);
    if (request.cluster !== undefined && !watcher?.client) {
      throw new NotFoundError(
        `There is no cluster '${request.cluster}' that can be asked`,
      );
    }
    const kserveVersion = request.cluster
      ? (await this.#capabilities.of(request.cluster)).kserve.version
      : undefined;
    const findings = lintManifests(objects, {
      ...(kserveVersion ? { kserveVersion } : {}),
      ...(watcher
        ? {
            baseConfigs: [
              ...watcher.store.objectsOfKind('LLMInferenceServiceConfig'),
            ],
          }
        : {}),
    });
    return {
      findings,
      ...(request.dryRun && request.cluster
        ? { dryRun: await this.#dryRun(request.cluster, objects, isKnown) }
        : {}),
    };
  }

  async #dryRun(
    cluster: string,
    objects: unknown[],
    isKnown: (service: ServiceRef) => Promise<boolean>,
  ): Promise<DryRunResult[]> {
    const client = this.#fleet.watcher(cluster)?.client;
    const services = objects
      .map(objectOf)
      .filter(({ kind }) => kind === 'LLMInferenceService');
    if (services.length > DRY_RUNS) {
      throw new InputError(
        `manifests: at most ${DRY_RUNS} services are tried in one request`,
      );
    }
    const results: DryRunResult[] = [];
    for (const service of services) {
      const { name, namespace } = objectOf(service.metadata);
      const version = /^serving\.kserve\.io\/(v1alpha[12])$/.exec(
        stringOf(service.apiVersion) ?? '',
      )?.[1];
      if (!isName(name) || !isName(namespace) || !version || !client) {
        throw new InputError(
          'manifests: a dry run needs apiVersion, metadata.name and metadata.namespace of each LLMInferenceService',
        );
      }
      const object = `LLMInferenceService/${name}`;
      const tried = (await isKnown({ cluster, namespace, name }))
        ? name
        : unusedName(name);
      try {
        await client.applyDryRun(
          `/apis/serving.kserve.io/${version}/namespaces/${namespace}/llminferenceservices/${tried}`,
          {
            ...service,
            metadata: { ...objectOf(service.metadata), name: tried },
          },
          AbortSignal.timeout(LONGEST_MS),
        );
        results.push({ object, accepted: true });
      } catch (error) {
        results.push({
          object,
          accepted: false,
          message: redactText(
            isError(error) ? error.message : String(error),
          ).replaceAll(tried, name),
        });
      }
    }
    return results;
  }
}

/** A name like another that nothing has; as long where the other is long. */
function unusedName(name: string): string {
  const random = randomBytes(5).toString('hex');
  const kept = name.length > 20 ? name.slice(0, -random.length - 1) : name;
  return `${kept.replace(/[-.]+$/, '')}-${random}`;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && DNS_NAME.test(value);
}

function parseManifests(text: string): unknown[] {
  const documents = parseAllDocuments(text, { prettyErrors: true });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const [problem] = document.errors;
    if (problem) {
      throw new InputError(
        `manifests: document ${index + 1} is not YAML: ${problem.message}`,
      );
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      throw new InputError(
        `manifests: document ${index + 1} cannot be read: ${
          isError(error) ? error.message : String(error)
        }`,
      );
    }
    if (value === null || value === undefined) return [];
    if (!isObject(value)) {
      throw new InputError(
        `manifests: document ${index + 1} is not a Kubernetes object`,
      );
    }
    return [value];
  });
}
