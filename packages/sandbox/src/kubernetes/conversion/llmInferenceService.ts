import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord } from '../../cluster/json';

/**
 * An LLMInferenceService(Config) as v1alpha1 shows it. The older version does not know everything: of status only
 * url, conditions, address and addresses (without origin and models) come through, and spec.kvCacheOffloading is lost.
 */
export function toV1alpha1(object: KubeObject): KubeObject {
  const { spec, status, ...rest } = object;
  const converted: KubeObject = rest as KubeObject;
  if (isRecord(spec)) {
    converted.spec = withoutOffloading(spec);
  }
  if (isRecord(status)) {
    converted.status = statusOfV1alpha1(status);
  }
  return converted;
}

/** What is stored when an object is written as v1alpha1: the older version has no other shape, only fewer fields. */
export function fromV1alpha1(object: KubeObject): KubeObject {
  const { spec } = object;
  if (!isRecord(spec) || !isRecord(spec.model)) {
    return object;
  }
  const { criticality: _, ...model } = spec.model;
  return { ...object, spec: { ...withoutOffloading(spec), model } };
}

function withoutOffloading(spec: JsonRecord): JsonRecord {
  const { kvCacheOffloading: _, prefill, ...rest } = spec;
  if (!isRecord(prefill)) {
    return rest;
  }
  const { kvCacheOffloading: __, ...prefillRest } = prefill;
  return { ...rest, prefill: prefillRest };
}

function statusOfV1alpha1(status: JsonRecord): JsonRecord {
  const kept: JsonRecord = {};
  for (const field of [
    'observedGeneration',
    'annotations',
    'url',
    'conditions',
    'address',
  ]) {
    if (status[field] !== undefined) {
      kept[field] = status[field];
    }
  }
  if (Array.isArray(status.addresses)) {
    kept.addresses = status.addresses.map((address: unknown) => {
      if (!isRecord(address)) {
        return address;
      }
      const { origin: _, models: __, ...rest } = address;
      return rest;
    });
  }
  return kept;
}
