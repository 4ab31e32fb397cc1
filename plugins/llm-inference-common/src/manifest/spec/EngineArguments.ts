import { z } from 'zod/v4';

import { FORMATS } from './formats';
import { refusal } from './Problem';
import { refusalOf, refuseIn } from './schemaProblems';

/**
 * What the value of an allowed vLLM argument may be. Values reach a shell's `eval` in the container, so every
 * form here is free of characters that a shell gives a meaning to.
 */
type Form = z.ZodType<string | number | boolean>;

const flag: Form = z.literal(true);
const count = (least: number, most: number): Form =>
  z.int().min(least).max(most);
const word: Form = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, FORMATS.argumentWord);

/**
 * Arguments that both pools must share: they are part of the hash that prefill and decode compare before the
 * first transfer. Given once per service.
 */
const SHARED: Record<string, Form> = {
  'attention-backend': word,
  'block-size': z.union([
    z.literal(8),
    z.literal(16),
    z.literal(32),
    z.literal(64),
    z.literal(128),
  ]),
  dtype: z.enum(['auto', 'bfloat16', 'float16', 'half', 'float32']),
  'kv-cache-dtype': z.enum(['auto', 'fp8', 'fp8_e4m3', 'fp8_e5m2']),
  'max-model-len': count(256, 16_777_216),
  quantization: z.enum([
    'awq',
    'awq_marlin',
    'bitsandbytes',
    'compressed-tensors',
    'fp8',
    'gptq',
    'gptq_marlin',
    'modelopt',
    'mxfp4',
  ]),
};

/** Arguments that each pool may set for itself. */
const PER_POOL: Record<string, Form> = {
  'enable-auto-tool-choice': flag,
  'enable-chunked-prefill': flag,
  'enable-prefix-caching': flag,
  'enforce-eager': flag,
  'generation-config': z.enum(['auto', 'vllm']),
  'gpu-memory-utilization': z.number().min(0.5).max(0.95),
  'max-num-batched-tokens': count(64, 1_048_576),
  'max-num-seqs': count(1, 65_536),
  'no-enable-prefix-caching': flag,
  'reasoning-parser': word,
  seed: count(0, 4_294_967_295),
  'swap-space': count(0, 1_024),
  'tokenizer-mode': z.enum(['auto', 'slow', 'mistral']),
  'tool-call-parser': word,
};

/**
 * vLLM arguments without the leading dashes. A flag has the value true.
 *
 * @public
 */
export type EngineArguments = Record<string, string | number | boolean>;

/** Names of the vLLM arguments that a spec may set, by where. @public */
export const ALLOWED_ENGINE_ARGUMENTS = {
  shared: Object.keys(SHARED),
  perPool: Object.keys(PER_POOL),
} as const;

function engineArguments(
  allowed: Record<string, Form>,
  code: 'argumentNotShared' | 'argumentNotOfPool',
  other: string,
) {
  return z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean()], {
        error: FORMATS.argumentType,
      }),
    )
    .superRefine((values, context) => {
      for (const [name, value] of Object.entries(values)) {
        const form = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
        const parsed = form?.safeParse(value);
        if (!parsed) {
          const words = {
            argument: name.slice(0, 80),
            allowed: Object.keys(allowed).join(', '),
          };
          refuseIn(
            context,
            [name],
            refusal(
              code,
              `'${words.argument}' is not an allowed vLLM argument here. Allowed: ${words.allowed}${other}`,
              words,
            ),
          );
        } else if (!parsed.success) {
          for (const issue of parsed.error.issues) {
            refuseIn(context, [name], refusalOf(issue));
          }
        }
      }
    })
    .transform(sortKeys);
}

// Equal specs give equal text, in whatever order a form or a file names the arguments.
function sortKeys(values: EngineArguments): EngineArguments {
  return Object.fromEntries(
    Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export const sharedEngineArguments = engineArguments(
  SHARED,
  'argumentNotShared',
  '. What only one pool needs goes to that pool',
);

export const poolEngineArguments = engineArguments(
  PER_POOL,
  'argumentNotOfPool',
  '. What both pools must agree on goes to the engine of the service',
);

/** The arguments as one command line; no value needs quotes. */
export function formatEngineArguments(values: EngineArguments): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === true ? `--${name}` : `--${name} ${value}`,
    )
    .join(' ');
}
