import { findParallelismProblem } from '../../resource/engineIntent';
import { isNixlConnector } from '../../resource/kvTransferConfig';
import { asNumber, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';

/** One setting of an engine as it is compared: canonical text, and where it stands. */
interface Setting {
  text: string;
  path: string;
}

type Reader = (main: Container) => Setting | undefined;

function argumentReader(flag: string): Reader {
  return main => {
    const argument = main.argument(flag);
    return (
      argument && {
        text: canonicalJson(argument.value) ?? argument.value ?? 'on',
        path: main.argumentPath(argument),
      }
    );
  };
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFields);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sortFields(field)]),
  );
}

/** JSON without the differences of spaces and of order. */
function canonicalJson(text: string | undefined): string | undefined {
  if (!text?.startsWith('{')) return undefined;
  try {
    return JSON.stringify(sortFields(JSON.parse(text)));
  } catch {
    // Broken JSON is another rule's finding; here it is compared as written.
    return undefined;
  }
}

/** How vLLM reads a number of tokens: `8k` is 8,000 and `8K` is 8,192. */
const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 2 ** 10,
  m: 1e6,
  M: 2 ** 20,
  g: 1e9,
  G: 2 ** 30,
};

function readLength(main: Container): Setting | undefined {
  const found = argumentReader('--max-model-len')(main);
  const written = /^(\d+(?:\.\d+)?)([kKmMgG])$/.exec(found?.text ?? '');
  return found && written
    ? { ...found, text: `${Number(written[1]) * MULTIPLES[written[2]]}` }
    : found;
}

function readImage(main: Container): Setting | undefined {
  const image = asText(main.fields.image);
  if (!image) return undefined;
  // A tag beside a digest is a comment.
  const digest = image.split('@')[1];
  return { text: digest ?? image, path: joinPath(main.path, 'image') };
}

function readVariable(name: string): Reader {
  return main => {
    const value = main.env(name)?.value;
    return value === undefined
      ? undefined
      : { text: value, path: main.envPath(name) };
  };
}

const attentionArgument = argumentReader('--attention-backend');
const attentionVariable = readVariable('VLLM_ATTENTION_BACKEND');

function readAttentionBackend(main: Container): Setting | undefined {
  const found = attentionArgument(main) ?? attentionVariable(main);
  return found && { ...found, text: found.text.toUpperCase() };
}

function readHandshake(main: Container): Setting | undefined {
  const value = main.connector?.config.extra.enforce_handshake_compat;
  return value === undefined
    ? undefined
    : { text: String(value), path: main.kvConfigPath };
}

function readConnectorStack(main: Container): Setting | undefined {
  const { kvConfig, connector } = main;
  if (!kvConfig?.connector || !connector) return undefined;
  const members = kvConfig.members.map(member => member.connector).join(' + ');
  return {
    text: members ? `${kvConfig.connector} (${members})` : connector.name,
    path: main.kvConfigPath,
  };
}

/** The hash seed matters only where engines tell each other of their prefixes. */
function readHashSeed(main: Container): Setting | undefined {
  return main.argument('--kv-events-config')
    ? readVariable('PYTHONHASHSEED')(main)
    : undefined;
}

const STACK = 'stack of KV connectors';

function sameConnector(decode: Container, prefill: Container): boolean {
  const [one, other] = [decode.connector?.name, prefill.connector?.name];
  return (
    one !== undefined &&
    other !== undefined &&
    (one === other || (isNixlConnector(one) && isNixlConnector(other)))
  );
}

/** What enters the hash by which two engines decide whether they understand each other's blocks. */
const COMPATIBILITY: ReadonlyArray<{ title: string; read: Reader }> = [
  { title: 'image', read: readImage },
  ...[
    '--kv-cache-dtype',
    '--block-size',
    '--dtype',
    '--quantization',
    '--disable-hybrid-kv-cache-manager',
    '--speculative-config',
  ].map(flag => ({ title: flag, read: argumentReader(flag) })),
  { title: '--max-model-len', read: readLength },
  { title: 'attention backend', read: readAttentionBackend },
  { title: 'enforce_handshake_compat', read: readHandshake },
  { title: STACK, read: readConnectorStack },
  { title: 'PYTHONHASHSEED', read: readHashSeed },
];

/** Settings that a sentence names in words, as what is written in a manifest. */
const FIELDS: Readonly<Record<string, string>> = {
  'attention backend': '--attention-backend',
  [STACK]: '--kv-transfer-config',
};

const quote = (text: string) => JSON.stringify(text.slice(0, 120));

function* inconsistencies(
  decode: Container,
  prefill: Container,
): Generator<Violation> {
  for (const { title, read } of COMPATIBILITY) {
    // Connectors that differ or are missing are findings of their own.
    if (title === STACK && !sameConnector(decode, prefill)) continue;
    const [one, other] = [read(decode), read(prefill)];
    if (one && other && one.text !== other.text) {
      yield {
        path: other.path,
        words: {
          setting: FIELDS[title] ?? title,
          decode: quote(one.text),
          prefill: quote(other.text),
        },
        message: `The pools differ in ${title}: decode has ${quote(
          one.text,
        )}, prefill ${quote(
          other.text,
        )}. Their KV blocks would not be compatible.`,
        fix: 'Use the same value in both pools.',
      };
    } else if (Boolean(one) !== Boolean(other)) {
      const found = one ?? other;
      yield {
        level: 'info',
        unverified: true,
        path: found?.path ?? prefill.path,
        words: {
          code: 'one',
          pool: one ? 'decode' : 'prefill',
          setting: FIELDS[title] ?? title,
          value: quote(found?.text ?? ''),
        },
        message: `Only ${one ? 'decode' : 'prefill'} sets ${title} (${quote(
          found?.text ?? '',
        )}); whether the other pool's default is the same cannot be seen.`,
        fix: 'Set the same value in both pools.',
      };
    }
  }
}

/** A positive whole number; absent for anything else. */
function wholeNumber(text: string | undefined): number | undefined {
  const number = asNumber(Number(text));
  return text && number && Number.isInteger(number) && number > 0
    ? number
    : undefined;
}

/** What both pools must have in common. */
export const POOL_AGREEMENT_RULES: readonly Rule[] = [
  {
    id: 'kv-parallelism-unsupported',
    level: 'error',
    *check({ pair, complete }, { options: { architecture } }) {
      if (!pair?.prefill.main?.connector && !pair?.decode.main?.connector) {
        return;
      }
      const [decode, prefill] = [pair.decode.tensor, pair.prefill.tensor];
      const path = joinPath(pair.prefill.path, 'parallelism', 'tensor');
      if (architecture?.hasStateLayers && decode !== prefill && complete) {
        yield {
          path,
          words: { code: 'state', decode, prefill },
          message: `This model has layers with a state of fixed size: decode (tensor ${decode}) and prefill (tensor ${prefill}) must have the same tensor parallelism.`,
          fix: 'Set the same tensor parallelism in both pools.',
        };
        return;
      }
      const problem = findParallelismProblem(decode, prefill);
      // The latent cache is whole on every rank, so that sizes may differ freely.
      if (!problem || architecture?.kv?.kind === 'latent') return;
      const known = architecture?.kv !== undefined && complete;
      yield {
        ...(known ? {} : { level: 'warning' as const, unverified: true }),
        path,
        words: { code: known ? undefined : 'unverified', decode, prefill },
        message: `KV blocks cannot be handed over: ${problem}${
          known ? '' : ', unless the model has multi-head latent attention'
        }.`,
        fix: 'Give prefill less tensor parallelism and more replicas, so that decode is a multiple of it.',
      };
    },
  },
  {
    id: 'kv-block-size',
    level: 'error',
    *check({ pair }, { options: { architecture } }) {
      const argument = pair?.prefill.main?.argument('--block-size');
      const prefill = wholeNumber(argument?.value);
      const decode = wholeNumber(
        pair?.decode.main?.argument('--block-size')?.value,
      );
      if (!argument || !prefill || !decode || prefill === decode) return;
      const fits = prefill < decode && decode % prefill === 0;
      if (fits && !architecture?.hasStateLayers) return;
      yield {
        path: pair?.prefill.main?.argumentPath(argument) ?? 'spec.prefill',
        words: { code: fits ? 'hybrid' : undefined, decode, prefill },
        message: fits
          ? `A hybrid model needs the same block size in both pools; decode has ${decode}, prefill ${prefill}.`
          : `The block size of decode (${decode}) must be a multiple of prefill's (${prefill}).`,
        fix: `Set --block-size ${decode} in both pools.`,
      };
    },
  },
  {
    id: 'pools-inconsistent',
    level: 'error',
    *check({ pair, complete }) {
      const [decode, prefill] = [pair?.decode.main, pair?.prefill.main];
      if (!decode || !prefill) return;
      for (const violation of inconsistencies(decode, prefill)) {
        if (complete || !violation.unverified) yield violation;
      }
    },
  },
];
