import { hash } from 'node:crypto';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import type { LateSpec } from '../watch/LateSpec';
import type { WatchedResource } from '../watch/resources';
import type { Interner } from './Interner';
import { keep } from './KeptText';
import { packPod, packReport, settledText } from './projection/pod';
import type { Packed, StoredObject } from './StoredObject';

/** Digits of a hash that fit into a number; one change in 10^14 would be taken for none. */
const MARK_DIGITS = 12;

/**
 * Turns an object into the text that is kept of it. Of a pod whose template and place are what they were,
 * only the report is read anew: that is nearly every event, and a fifth of the work.
 */
export function pack(
  resource: WatchedResource,
  object: KubernetesObject,
  interner: Interner,
  options: { held?: StoredObject; spec?: LateSpec },
): Packed {
  const { held, spec } = options;
  if (resource.kind !== 'Pod') {
    return { own: keep(JSON.stringify(resource.project(object))), mark: 0 };
  }
  const mark = spec ? markOf(spec, object) : 0;
  if (mark !== 0 && held?.mark === mark) {
    const { shared, place } = held;
    return { own: packReport(object), shared, place, mark };
  }
  const packed = packPod(spec ? spec.read() : object);
  return {
    own: packed.own,
    shared: interner.intern(packed.shared),
    place: packed.place === held?.place ? held.place : packed.place,
    mark,
  };
}

function markOf(spec: LateSpec, object: KubernetesObject): number {
  const digest = hash('sha1', `${settledText(object)}${spec.text}`);
  return parseInt(digest.slice(0, MARK_DIGITS), 16);
}
