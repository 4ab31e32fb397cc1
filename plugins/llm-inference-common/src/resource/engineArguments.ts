import { readEnvironment } from './environment';
import { splitShellWords, type ShellQuoting } from './shellWords';
import { asList, asRecord } from './unknown';

/** Where an engine argument was written. @public */
export type ArgumentSource = 'VLLM_ADDITIONAL_ARGS' | 'args';

/** One `--flag value` of the engine. @public */
export interface EngineArgument {
  /** Canonical name: dashes instead of underscores, short forms spelled out, for example `--tensor-parallel-size`. */
  flag: string;
  /** The flag as written. */
  written: string;
  /** Absent for a switch without a value. */
  value?: string;
  /** The value before quote removal, up to the next flag. */
  raw?: string;
  quoting: ShellQuoting;
  source: ArgumentSource;
}

const SHORT_FORMS: Readonly<Record<string, string>> = {
  '-tp': '--tensor-parallel-size',
  '-pp': '--pipeline-parallel-size',
  '-dp': '--data-parallel-size',
  '-O': '--compilation-config',
  '-q': '--quantization',
  '-ep': '--enable-expert-parallel',
};

/**
 * The arguments that a container gives to the engine, from the environment variable `VLLM_ADDITIONAL_ARGS` and
 * from `args`. The start script of the KServe preset joins both and runs them through `eval`, so both are read
 * as shell text. `command` is never read: the script itself mentions flags in comments and tests.
 *
 * @public
 */
export function readEngineArguments(container: unknown): EngineArgument[] {
  const additional = readEnvironment(container).get('VLLM_ADDITIONAL_ARGS');
  return parseEngineArguments(
    additional?.value ?? '',
    'VLLM_ADDITIONAL_ARGS',
  ).concat(parseEngineArguments(joinArgs(container), 'args'));
}

/** The container's `args` as one line of shell text. @public */
export function joinArgs(container: unknown): string {
  return asList(asRecord(container).args)
    .filter((item): item is string => typeof item === 'string')
    .join(' ');
}

/** Parses one line of shell text into engine arguments. @public */
export function parseEngineArguments(
  line: string,
  source: ArgumentSource,
): EngineArgument[] {
  const found: EngineArgument[] = [];
  const words = splitShellWords(line);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!isFlag(word.text)) {
      continue;
    }
    const equals = word.text.indexOf('=');
    const written = equals < 0 ? word.text : word.text.slice(0, equals);
    let last = index;
    while (last + 1 < words.length && !isFlag(words[last + 1].text)) {
      last += 1;
    }
    const after = words.slice(index + 1, last + 1);
    const end = words[last].start + words[last].raw.length;
    const valueStart =
      equals < 0 ? after[0]?.start : word.start + word.raw.indexOf('=') + 1;
    found.push({
      flag: canonicalFlag(written),
      written,
      value: equals < 0 ? after[0]?.text : word.text.slice(equals + 1),
      raw: valueStart === undefined ? undefined : line.slice(valueStart, end),
      quoting: (equals < 0 ? after[0] : word)?.quoting ?? 'none',
      source,
    });
    index = last;
  }
  return found;
}

function isFlag(text: string): boolean {
  return /^-{1,2}[A-Za-z]/.test(text);
}

function canonicalFlag(written: string): string {
  const short = SHORT_FORMS[written];
  if (short) {
    return short;
  }
  const dot = written.indexOf('.');
  const name = dot < 0 ? written : written.slice(0, dot);
  return name.replace(/_/g, '-') + (dot < 0 ? '' : written.slice(dot));
}

/** The last argument of that canonical name: a later one wins. @public */
export function findArgument(
  list: readonly EngineArgument[],
  flag: string,
): EngineArgument | undefined {
  for (let index = list.length - 1; index >= 0; index--) {
    if (list[index].flag === flag) {
      return list[index];
    }
  }
  return undefined;
}
