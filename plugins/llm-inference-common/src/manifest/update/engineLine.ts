import { asList, asRecord } from '../../resource/unknown';
import type { EngineContainer, ManifestEdit } from './ManifestEdit';
import type { YamlPath } from './YamlEditor';

const VARIABLE = 'VLLM_ADDITIONAL_ARGS';

/** The line of engine arguments in a container's environment. */
export interface EngineLine {
  /** Where its text stands; absent where there is no such variable. */
  path?: YamlPath;
  /** Empty where there is no such variable. */
  text: string;
}

/** Undefined, with a problem, where the line comes from elsewhere and cannot be seen here. */
export function engineLine(
  edit: ManifestEdit,
  { path, name }: EngineContainer,
): EngineLine | undefined {
  const variables = asList(edit.read([...path, 'env'])).map(asRecord);
  const index = variables.findLastIndex(variable => variable.name === VARIABLE);
  if (index < 0) return { text: '' };
  const text = variables[index].value;
  if (typeof text === 'string') {
    return { path: [...path, 'env', index, 'value'], text };
  }
  edit.refuse(
    `${name}.arguments`,
    `${VARIABLE} of the pool holds no text to change; edit the manifest by hand`,
  );
  return undefined;
}

/** Writes the line, and the variable where there was none. */
export function writeEngineLine(
  edit: ManifestEdit,
  { path }: EngineContainer,
  line: EngineLine,
  text: string,
): void {
  if (line.path) edit.write(line.path, text);
  else edit.append([...path, 'env'], { name: VARIABLE, value: text });
}
