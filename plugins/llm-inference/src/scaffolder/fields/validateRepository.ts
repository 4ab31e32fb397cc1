import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';

const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/** Refuses what can be the name of no organisation or repository. Whether it is taken, the host says. */
export const validateRepository: CustomFieldValidator<string> = (
  value,
  field,
) => {
  const parameters = new URLSearchParams((value ?? '').split('?')[1]);
  for (const [name, what] of [
    ['owner', 'Organisation'],
    ['repo', 'Repository'],
  ]) {
    const part = parameters.get(name) ?? '';
    if (!PART.test(part)) {
      field.addError(
        part === ''
          ? `${what} is missing`
          : `${what}: '${part}' may hold letters, digits, dots, dashes and underscores`,
      );
    }
  }
};
