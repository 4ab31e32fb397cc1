import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceKind, storedApiVersion } from '../../cluster/kinds';
import { apiVersionOf } from '../resources/representation';
import { fromV1alpha1, toV1alpha1 } from './llmInferenceService';

/** A stored object as one of its kind's versions shows it. */
export function toServed(
  kind: ResourceKind,
  version: string,
  object: KubeObject,
): KubeObject {
  const converted =
    kind.part === 'kserve' && version === 'v1alpha1'
      ? toV1alpha1(object)
      : object;
  return {
    ...converted,
    apiVersion: apiVersionOf(kind, version),
    kind: kind.kind,
  };
}

/** What is stored of an object that was written in one of its kind's versions. */
export function toStored(
  kind: ResourceKind,
  version: string,
  object: KubeObject,
): KubeObject {
  const converted =
    kind.part === 'kserve' && version === 'v1alpha1'
      ? fromV1alpha1(object)
      : object;
  return { ...converted, apiVersion: storedApiVersion(kind), kind: kind.kind };
}
