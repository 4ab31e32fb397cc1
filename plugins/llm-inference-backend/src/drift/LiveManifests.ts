import { createHash } from 'node:crypto';
import {
  compareSpecs,
  redactText,
} from 'backstage-plugin-llm-inference-common';
import type {
  KubernetesObject,
  ServiceRef,
  SpecComparison,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';
import { KubernetesError } from '../clusters/KubernetesError';
import { Slots } from '../metrics/Slots';
import { objectOf } from '../store/projection/fields';
import type { ClusterWatcher } from '../watch/ClusterWatcher';
import type { DesiredManifest } from './EntityDesire';

/** Objects that are read from clusters at a time. */
const READS_AT_A_TIME = 4;

const LONGEST_MS = 15_000;

/**
 * Compares services with their manifests. What is watched is kept without what health does not read, so that the
 * cluster is asked for the whole object: once per change of either side, and never because somebody looks.
 */
export class LiveManifests {
  readonly #slots = new Slots(READS_AT_A_TIME);
  readonly #compared = new Map<
    string,
    { fingerprint: string; comparison: SpecComparison }
  >();

  /** The comparison; rejects with a KubernetesError where the cluster does not give the object. */
  async compare(
    service: ServiceRef,
    desired: DesiredManifest,
    watcher: ClusterWatcher,
    signal: AbortSignal,
  ): Promise<SpecComparison> {
    const { namespace, name } = service;
    const key = serviceKeyOf(service);
    const seen = watcher.store.serviceResource(namespace, name);
    const fingerprint = fingerprintOf(desired, seen);
    const kept = this.#compared.get(key);
    if (kept?.fingerprint === fingerprint) return kept.comparison;
    const live = await this.#slots.run(() =>
      this.#read(
        service,
        desired.apiVersion,
        seen?.apiVersion,
        watcher,
        signal,
      ),
    );
    const comparison = compareSpecs(
      JSON.parse(desired.text) as KubernetesObject,
      live,
      { redact: redactText },
    );
    this.#compared.set(key, { fingerprint, comparison });
    return comparison;
  }

  forget(service: ServiceRef): void {
    this.#compared.delete(serviceKeyOf(service));
  }

  /** Read at the version of the manifest: the server converts, we would have to guess. */
  async #read(
    { namespace, name }: ServiceRef,
    wantedVersion: string,
    servedVersion: string | undefined,
    { client }: ClusterWatcher,
    signal: AbortSignal,
  ): Promise<KubernetesObject> {
    if (!client) throw new KubernetesError('Network', 'it is not watched');
    const at = (version: string) =>
      client.getJson(
        `/apis/${version}/namespaces/${encodeURIComponent(
          namespace,
        )}/llminferenceservices/${encodeURIComponent(name)}`,
        {},
        AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      );
    try {
      return objectOf(await at(wantedVersion));
    } catch (error) {
      const other = servedVersion && servedVersion !== wantedVersion;
      if (
        error instanceof KubernetesError &&
        error.kind === 'NotFound' &&
        other
      ) {
        return objectOf(await at(servedVersion));
      }
      throw error;
    }
  }
}

/** Spec changes count up the generation; changes of labels and annotations do not. */
function fingerprintOf(
  { digest }: DesiredManifest,
  seen: KubernetesObject | undefined,
): string {
  const { generation, uid, labels, annotations } = seen?.metadata ?? {};
  return createHash('sha1')
    .update(
      JSON.stringify([
        digest,
        uid,
        generation,
        labels,
        annotations,
        seen?.spec,
      ]),
    )
    .digest('base64url');
}
