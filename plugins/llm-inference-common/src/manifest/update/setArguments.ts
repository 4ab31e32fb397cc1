import {
  parseEngineArguments,
  type EngineArgument,
} from '../../resource/engineArguments';
import {
  formatEngineArguments,
  type EngineArguments,
} from '../spec/EngineArguments';

/**
 * Sets arguments in a line of engine arguments. The others keep their place, spelling and quotes; new ones come
 * first, so that the KV configuration stays at the end where people look for it.
 */
export function setArguments(line: string, values: EngineArguments): string {
  let text = line;
  const added: EngineArguments = {};
  for (const [name, value] of Object.entries(values)) {
    const present = parseEngineArguments(text, 'VLLM_ADDITIONAL_ARGS').find(
      ({ flag }) => flag === `--${name}`,
    );
    if (!present) {
      added[name] = value;
    } else if (present.value !== String(value) && value !== true) {
      text = replaceArgument(text, present, String(value));
    }
  }
  const front = formatEngineArguments(added);
  return front && text ? `${front} ${text}` : front || text;
}

/** The line with another value of one of its arguments, written as it is given. */
export function replaceArgument(
  line: string,
  { written, raw = '' }: EngineArgument,
  value: string,
): string {
  const found = new RegExp(
    `(^|\\s)${escape(written)}(=|\\s+)${escape(raw)}(?=\\s|$)`,
  );
  return line.replace(
    found,
    (_, before, separator) => `${before}${written}${separator}${value}`,
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
