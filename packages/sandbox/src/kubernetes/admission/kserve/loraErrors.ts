import { KubeObject } from '../../../cluster/ClusterStore';
import { isRecord, recordAt } from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
  required,
} from '../../validation/structural/fieldErrors';

const ADAPTERS = 'spec.model.lora.adapters';

/** Whether the adapters of a model have names of their own that are safe as folders. */
export function loraErrors(object: KubeObject): FieldError[] {
  const model = recordAt(object, 'spec', 'model');
  const { adapters } = recordAt(model, 'lora');
  const baseName = model.name ?? object.metadata.name;
  const seen = new Map<string, number>();
  const list = Array.isArray(adapters) ? adapters.filter(isRecord) : [];
  return list.flatMap(({ name }, index) => {
    const at = `${ADAPTERS}[${index}].name`;
    if (typeof name !== 'string' || name === '') {
      return [required(at, 'adapter name is required')];
    }
    if (name === '.' || name === '..') {
      return [
        invalidValue(
          at,
          name,
          'adapter name must not include "." or ".." (path traversal risk)',
        ),
      ];
    }
    const errors: FieldError[] = [];
    const earlier = seen.get(name);
    if (earlier === undefined) {
      seen.set(name, index);
    } else {
      errors.push(
        invalidValue(at, name, `duplicate name (same as adapters[${earlier}])`),
      );
    }
    if (name === baseName) {
      errors.push(
        invalidValue(
          at,
          name,
          `adapter name must differ from base model name ${JSON.stringify(
            baseName,
          )}`,
        ),
      );
    }
    return errors;
  });
}
