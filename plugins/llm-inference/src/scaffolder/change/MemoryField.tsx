import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { useChangeLimits } from './useChangeLimits';
import type { ChangeFieldOptions } from './validateChangeField';

/** Another memory limit for the pods of both pools. Empty means as it is. */
export function MemoryField({
  formData = '',
  onChange,
  rawErrors,
  formContext,
}: FieldExtensionComponentProps<string, ChangeFieldOptions>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const { profile } = useChangeLimits(formContext?.formData);
  const offered =
    profile &&
    t('change.memoryOf', {
      profile: profile.title,
      limit: profile.pool.memory.limit,
    });
  return (
    <TextField
      label={t('change.memory')}
      description={[t('change.memoryHint'), offered].filter(Boolean).join(' ')}
      value={formData}
      onChange={value => onChange(value.trim() || undefined)}
      isInvalid={Boolean(rawErrors?.length)}
      validationBehavior="aria"
    />
  );
}
