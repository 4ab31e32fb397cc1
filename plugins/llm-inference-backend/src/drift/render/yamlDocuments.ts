import { isError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { NotRendered } from './NotRendered';

/** The documents of a YAML text. Throws {@link NotRendered} that names the file where it cannot be read. */
export function yamlDocuments(text: string, path: string): unknown[] {
  try {
    return parseAllDocuments(text).flatMap(document => {
      if (document.errors.length > 0) throw document.errors[0];
      const value: unknown = document.toJS();
      return value === null || value === undefined ? [] : [value];
    });
  } catch (error) {
    const [reason] = (isError(error) ? error.message : String(error)).split(
      '\n',
    );
    throw new NotRendered(`${path} is not valid YAML: ${reason}`);
  }
}
