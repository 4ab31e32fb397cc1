import { parseEngineArguments } from '../../resource/engineArguments';
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
      const written = new RegExp(
        `(^|\\s)${present.written}(=|\\s+)${escape(
          present.raw ?? '',
        )}(?=\\s|$)`,
      );
      text = text.replace(
        written,
        (_, before, separator) =>
          `${before}${present.written}${separator}${value}`,
      );
    }
  }
  const front = formatEngineArguments(added);
  return front ? `${front} ${text}` : text;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
