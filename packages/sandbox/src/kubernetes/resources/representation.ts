import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceKind } from '../../cluster/kinds';

/** The apiVersion of a kind in one of its versions. */
export function apiVersionOf(kind: ResourceKind, version: string): string {
  return kind.group ? `${kind.group}/${version}` : version;
}

const JSON_OF = new Map<string, WeakMap<KubeObject, string>>();

/** The JSON of an object; made once for each version of the object and each form of it. */
export function cachedJson(
  object: KubeObject,
  form: string,
  make: (object: KubeObject) => unknown,
): string {
  let texts = JSON_OF.get(form);
  if (!texts) {
    texts = new WeakMap();
    JSON_OF.set(form, texts);
  }
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(make(object));
    texts.set(object, text);
  }
  return text;
}
