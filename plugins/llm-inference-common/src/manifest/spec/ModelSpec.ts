import { z } from 'zod/v4';

import { FORMATS } from './formats';
import { refusal, type Refusal } from './Problem';
import { refuseIn } from './schemaProblems';

const SCHEMES: Record<string, RegExp> = {
  hf: /^hf:\/\/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}\/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}(:[A-Za-z0-9][A-Za-z0-9_.-]{0,127})?$/,
  s3: /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9][A-Za-z0-9_.=-]*)+\/?$/,
  pvc: /^pvc:\/\/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?(\/[A-Za-z0-9][A-Za-z0-9_.=-]*)*$/,
  oci: /^oci:\/\/[a-z0-9]+([.-][a-z0-9]+)*(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
};

const FORMS =
  "'hf://organisation/model', 's3://bucket/path', 'pvc://claim/path' or 'oci://registry/repository:tag'";

/** Why a model may not be fetched from this URI, or undefined when it may. @public */
export function refuseModelUri(uri: string): Refusal | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//.exec(uri)?.[1];
  if (!scheme) {
    return /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/.test(uri)
      ? refusal('uriNoScheme', `'${uri}' has no scheme. Try 'hf://${uri}'`, {
          uri,
        })
      : refusal('uriForm', `must be ${FORMS}`);
  }
  const form = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (!form) {
    return refusal(
      'uriScheme',
      `'${scheme}://' is not a scheme that KServe fetches models from; use ${FORMS}`,
      { scheme },
    );
  }
  if (/(^|\/)\.\.?(\/|$)/.test(uri.slice(scheme.length + 3))) {
    return refusal('uriDots', "may not hold '.' or '..' as a part of its path");
  }
  if (form.test(uri)) return undefined;
  const words = { uri: uri.slice(0, 120) };
  return refusal(
    'uriMalformed',
    `'${words.uri}' is not of the form ${FORMS}`,
    words,
  );
}

export const modelUri = z
  .string()
  .max(500)
  .superRefine((uri, context) => {
    const refused = refuseModelUri(uri);
    if (refused) refuseIn(context, [], refused);
  });

/**
 * Name under which clients ask for the model. KServe's start script pastes it into a shell command, hence
 * the narrow form.
 */
export const servedModelName = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]*(\/[A-Za-z0-9][A-Za-z0-9_.-]*)*$/,
    FORMATS.servedModelName,
  );

const adapter = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/,
      FORMATS.adapterName,
    ),
  uri: modelUri,
});

export const modelSpec = z
  .strictObject({
    uri: modelUri,
    name: servedModelName,
    lora: z
      .strictObject({
        adapters: z.array(adapter).min(1).max(32),
        maxRank: z.int().min(1).max(512).optional(),
      })
      .optional(),
  })
  .superRefine((model, context) => {
    const seen = new Set([model.name]);
    model.lora?.adapters.forEach(({ name }, index) => {
      if (seen.has(name)) {
        refuseIn(
          context,
          ['lora', 'adapters', index, 'name'],
          refusal(
            'adapterNameTaken',
            `'${name}' is already the name of the model or of another adapter`,
            { name },
          ),
        );
      }
      seen.add(name);
    });
  });

/** The name a model is usually asked for by, taken from where it is fetched. @public */
export function defaultModelName(uri: string): string {
  const path = uri.replace(/^[a-z0-9+.-]+:\/\//, '').replace(/\/+$/, '');
  const bare = path.replace(/@sha256:.*$/, '').replace(/:[^/]*$/, '');
  return uri.startsWith('hf://') ? bare : bare.split('/').at(-1) ?? bare;
}
