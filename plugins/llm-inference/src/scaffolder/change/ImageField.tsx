import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { useChangeLimits } from './useChangeLimits';
import type { ChangeFieldOptions } from './validateChangeField';

/** Another image for both pools, with what the profile allows. Empty means as it is. */
export function ImageField({
  formData = '',
  onChange,
  rawErrors,
  formContext,
}: FieldExtensionComponentProps<string, ChangeFieldOptions>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const { profile } = useChangeLimits(formContext?.formData);
  const allowed = profile && [
    ...(profile.images.default ? [profile.images.default] : []),
    ...(profile.images.allowed ?? []),
  ];
  const offered = allowed?.length
    ? t('change.imagesOf', {
        profile: profile?.title ?? '',
        images: allowed.join(', '),
      })
    : t('change.noImages', { profile: profile?.title ?? '' });
  return (
    <TextField
      label={t('change.image')}
      description={`${t('change.imageHint')} ${profile ? offered : ''}`.trim()}
      value={formData}
      onChange={value => onChange(value.trim() || undefined)}
      isInvalid={Boolean(rawErrors?.length)}
      validationBehavior="aria"
    />
  );
}
