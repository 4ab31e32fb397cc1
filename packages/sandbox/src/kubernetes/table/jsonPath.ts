import { isRecord } from '../../cluster/json';

const STEP =
  /\.([\w-]+)|\['([^']+)'\]|\[(\d+|\*)\]|\[\?\(@\.([\w.]+)\s*==\s*(?:'([^']*)'|"([^"]*)")\)\]/y;

/**
 * Reads the JSONPath of a printer column: fields, `[0]`, `[*]` and `[?(@.field=='text')]`.
 * A path with anything else finds nothing.
 */
export function readJsonPath(value: unknown, path: string): unknown[] {
  let values = [value];
  STEP.lastIndex = 0;
  let position = 0;
  while (position < path.length) {
    STEP.lastIndex = position;
    const step = STEP.exec(path);
    if (!step) {
      return [];
    }
    position = STEP.lastIndex;
    const [, field, quoted, index, filterField, single, double] = step;
    values = values.flatMap(current => {
      if (index !== undefined) {
        const list: unknown[] = Array.isArray(current) ? current : [];
        return index === '*' ? list : list.slice(Number(index)).slice(0, 1);
      }
      if (filterField !== undefined) {
        const list: unknown[] = Array.isArray(current) ? current : [];
        return list.filter(
          item =>
            readJsonPath(item, `.${filterField}`)[0] === (single ?? double),
        );
      }
      const found = isRecord(current) ? current[field ?? quoted] : undefined;
      return found === undefined || found === null ? [] : [found];
    });
  }
  return values;
}
