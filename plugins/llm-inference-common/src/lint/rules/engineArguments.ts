import type { EngineArgument } from '../../resource/engineArguments';
import { asList, asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import type { ServiceManifest } from '../service/ServiceManifest';
import { findShellHazard, isPlainShellWord } from '../shellHazards';

const SMART_QUOTES = /[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]/;

/** Parallelism that both a field and an argument can set. */
const PARALLELISM = [
  { flag: '--tensor-parallel-size', field: 'tensor', level: 'error' },
  { flag: '--pipeline-parallel-size', field: 'pipeline', level: 'warning' },
  { flag: '--data-parallel-size', field: 'data', level: 'warning' },
  { flag: '--data-parallel-size-local', field: 'dataLocal', level: 'warning' },
] as const;

/** Arguments that the start script always gives. */
const CONTROLLERS_OWN = /^--(?:port|served-model-name|ssl-.+)$/;

const mainsOf = (service: ServiceManifest) =>
  service.pools.flatMap(({ mains }) => mains);

function isJson(argument: EngineArgument): boolean {
  // Two braces are an expression of KServe's templates.
  return [argument.value, argument.raw].some(
    text =>
      text !== undefined && /^['"\\\u2018\u201c]*\s*(?:\{(?!\{)|\[)/.test(text),
  );
}

/** Whether a container runs its arguments itself, without the start script and its shell. */
function replacesScript({ fields }: Container): boolean {
  return fields.command !== undefined && fields.command !== null;
}

function parses(text: string | undefined): boolean {
  try {
    JSON.parse(text ?? '');
    return true;
  } catch {
    // The very thing this is asked for: the value is no JSON.
    return false;
  }
}

/** What is wrong with the quotes of a value, as a code and in words. */
function quotingProblem(
  argument: EngineArgument,
): { code: string; said: string } | undefined {
  const written = argument.raw ?? argument.value ?? '';
  if (SMART_QUOTES.test(written)) {
    return {
      code: 'typographic',
      said: 'has typographic quotes, which are no quotes to a shell or to JSON',
    };
  }
  if (!isJson(argument)) return undefined;
  if (argument.quoting !== 'single') {
    return {
      code: 'unquoted',
      said: 'is JSON outside single quotes: the start script runs `eval`, and the shell takes its quotes away',
    };
  }
  return parses(argument.value)
    ? undefined
    : { code: 'invalid', said: 'is not valid JSON' };
}

/** Texts that the shell of the start script reads, with the path of each. */
function* shellTexts(
  container: Container,
): Generator<{ path: string; text: string; name: string }> {
  const additional = container.env('VLLM_ADDITIONAL_ARGS')?.value;
  if (additional !== undefined) {
    yield {
      path: container.envPath('VLLM_ADDITIONAL_ARGS'),
      text: additional,
      name: 'VLLM_ADDITIONAL_ARGS',
    };
  }
  if (replacesScript(container)) return;
  for (const [index, item] of asList(container.fields.args).entries()) {
    const text = asText(item);
    if (text === undefined) continue;
    yield { path: joinPath(container.path, 'args', index), text, name: 'args' };
  }
}

function* servedNames(
  service: ServiceManifest,
): Generator<{ path: string; text: string }> {
  const { name, lora } = asRecord(service.spec.model);
  const text = asText(name);
  if (text !== undefined) yield { path: 'spec.model.name', text };
  for (const [index, item] of asList(asRecord(lora).adapters).entries()) {
    const adapter = asText(asRecord(item).name);
    if (adapter !== undefined) {
      yield {
        path: joinPath('spec.model.lora.adapters', index, 'name'),
        text: adapter,
      };
    }
  }
}

/** A character that can be seen, where it cannot be seen itself. */
function visible(character: string): string {
  return /[\n\r\0]/.test(character)
    ? JSON.stringify(character).slice(1, -1)
    : character;
}

function* shellHazards(service: ServiceManifest): Generator<Violation> {
  for (const container of mainsOf(service)) {
    for (const { path, text, name } of shellTexts(container)) {
      const hazard = findShellHazard(text);
      if (!hazard) continue;
      yield {
        path,
        words: {
          name,
          character: visible(text[hazard.index]),
          position: hazard.index,
        },
        message: `${name} has ${hazard.name} at position ${hazard.index}. The start script runs this text through \`eval\`: it would be executed, or break the command.`,
        fix: 'Put the value in single quotes, or remove the character.',
      };
    }
  }
  for (const { path, text } of servedNames(service)) {
    // An expression of KServe's templates is judged by its own rule.
    if (isPlainShellWord(text) || text.includes('{{')) continue;
    yield {
      path,
      words: { code: 'name' },
      message:
        'The start script puts this name into a command that a shell evaluates; it has a character that a shell acts on.',
      fix: 'Use letters, digits and . _ - / : @ only.',
    };
  }
}

/** Arguments of the engine as the start script's shell reads them. */
export const ENGINE_ARGUMENT_RULES: readonly Rule[] = [
  {
    id: 'kv-config-quoting',
    level: 'error',
    *check(service) {
      for (const main of mainsOf(service)) {
        if (replacesScript(main)) continue;
        for (const argument of main.arguments) {
          const problem = quotingProblem(argument);
          if (!problem) continue;
          yield {
            path: main.argumentPath(argument),
            words: {
              code: problem.code,
              argument: argument.written,
              flag: argument.flag,
            },
            message: `The value of ${argument.written} ${problem.said}.`,
            fix: `Write ${argument.flag} '{"…":"…"}', with single quotes around the JSON.`,
          };
        }
      }
    },
  },
  { id: 'shell-metacharacters', level: 'error', check: shellHazards },
  {
    id: 'argument-duplicated',
    level: 'warning',
    *check(service) {
      for (const pool of service.pools) {
        for (const main of pool.mains) {
          if (replacesScript(main)) continue;
          for (const { flag, field, level } of PARALLELISM) {
            const argument = main.argument(flag);
            if (!argument || pool.parallelism[field] === undefined) continue;
            yield {
              level,
              path: main.argumentPath(argument),
              words: {
                argument: argument.written,
                field: `${pool.path}.parallelism.${field}`,
              },
              message: `${argument.written} and ${pool.path}.parallelism.${field} both set the same thing.`,
              fix: `Remove ${argument.written}; the controller adds it.`,
            };
          }
          for (const argument of main.arguments) {
            if (!CONTROLLERS_OWN.test(argument.flag)) continue;
            yield {
              path: main.argumentPath(argument),
              words: { code: 'controller', argument: argument.written },
              message: `${argument.written} is set by the controller; a second one fights with it.`,
              fix: `Remove ${argument.written}.`,
            };
          }
        }
      }
    },
  },
];
