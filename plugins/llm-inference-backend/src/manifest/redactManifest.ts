import { redactText } from 'backstage-plugin-llm-inference-common';
import {
  isObject,
  objectOf,
  pick,
  stringMap,
} from '../store/projection/fields';
import type { JsonObject } from '../store/projection/fields';
import { REDACTED } from '../store/projection/podSpec';

/** Fields of the metadata that a person wrote; the others are the cluster's own. */
const METADATA = ['name', 'namespace', 'labels'] as const;

/** Holds the whole manifest once more, as somebody applied it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Names of variables, arguments and fields that hold a secret. `tokenizer` is no token. */
const SECRET_NAME =
  /token(?!i[sz])|secret|passw|credential|api[-_]?key|access[-_]?key|private[-_]?key/i;

/** Fields that only say where a secret is. */
const REFERENCE = /(?:name|ref|path|mode|policy)s?$/i;

/** Numbers and switches, as in `--max-num-batched-tokens 8192`. */
const HARMLESS = /^(?:[\d.]+[a-z]{0,2}|true|false|auto|none)?$/i;

/** An argument that is followed by its value, in one word or in one line of a script. */
const ARGUMENT = /(^|\s)(-{1,2}[\w-]+)(=|[ \t]+)("[^"]*"|'[^']*'|[^\s"';|&]+)/g;

/** `value` of an entry like `{ name: HF_TOKEN, value: … }` is judged by the entry's name. */
const VALUE_FIELD = 'value';

/**
 * What of an object may be shown: what was written, without what the cluster keeps for itself, and with
 * secrets replaced. Positions stay: a JSON path into the object leads to the same place in the copy.
 */
export function redactManifest(object: unknown): JsonObject {
  const { apiVersion, kind, metadata, spec } = objectOf(object);
  const annotations = { ...stringMap(objectOf(metadata).annotations) };
  delete annotations[LAST_APPLIED];
  const shown = {
    apiVersion,
    kind,
    metadata: {
      ...pick(metadata, METADATA),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec,
  };
  return objectOf(redact(shown, undefined));
}

function redact(value: unknown, name: string | undefined): unknown {
  if (typeof value === 'string') return redactString(value, name);
  if (Array.isArray(value)) return redactList(value);
  if (!isObject(value)) return value;
  const entryName = typeof value.name === 'string' ? value.name : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([field, child]) => [
      field,
      redact(child, field === VALUE_FIELD ? entryName : field),
    ]),
  );
}

/** In a list of arguments, a value may stand behind its name. */
function redactList(values: unknown[]): unknown[] {
  return values.map((value, index) => {
    const before = values[index - 1];
    const behind =
      typeof before === 'string' && /^-{1,2}[\w-]+$/.test(before)
        ? before
        : undefined;
    return redact(value, behind);
  });
}

function redactString(text: string, name: string | undefined): string {
  if (isSecret(name, text)) return REDACTED;
  return redactText(text).replace(
    ARGUMENT,
    (all, space, argument, between, value) =>
      isSecret(argument, value.replace(/^["']|["']$/g, ''))
        ? `${space}${argument}${between}${REDACTED}`
        : all,
  );
}

function isSecret(name: string | undefined, value: string): boolean {
  return (
    name !== undefined &&
    SECRET_NAME.test(name) &&
    !REFERENCE.test(name) &&
    !HARMLESS.test(value) &&
    !value.startsWith('-') &&
    !value.startsWith('$')
  );
}
