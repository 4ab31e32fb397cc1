import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { textsOf } from '../textsOf';

const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/** Refuses what can be the name of no organisation or repository. Whether it is taken, the host says. */
export const validateRepository: CustomFieldValidator<string> = (
  value,
  field,
  { apiHolder },
) => {
  const parameters = new URLSearchParams((value ?? '').split('?')[1]);
  const t = textsOf(apiHolder);
  for (const name of ['owner', 'repo'] as const) {
    const part = parameters.get(name) ?? '';
    if (!PART.test(part)) {
      field.addError(
        part === ''
          ? t(`refused.${name}.missing`)
          : t(`refused.${name}.malformed`, { value: part }),
      );
    }
  }
};
