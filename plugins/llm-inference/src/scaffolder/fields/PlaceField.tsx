import { useEffect } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select, Text } from '@backstage/ui';
import { useChosenProfile } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

/** Which list of the profile the field chooses from. */
export interface PlaceOptions {
  of?: 'cluster' | 'namespace';
}

/** Chooses one of the profile's clusters or namespaces; the first where nothing was chosen. */
export function PlaceField({
  formData,
  onChange,
  uiSchema,
  rawErrors,
  formContext,
}: FieldExtensionComponentProps<string, PlaceOptions>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const profile = useChosenProfile(formContext?.formData);
  const of = uiSchema['ui:options']?.of ?? 'cluster';
  const offered = of === 'cluster' ? profile?.clusters : profile?.namespaces;
  const first = offered?.[0];
  const fits = formData !== undefined && offered?.includes(formData);
  useEffect(() => {
    // A profile chosen anew may not offer the place of the old one.
    if (first && !fits) onChange(first);
  }, [first, fits, onChange]);

  if (!offered)
    return <Text color="secondary">{t('place.chooseProfile')}</Text>;
  return (
    <Select
      label={t(`place.${of}`)}
      value={formData ?? null}
      options={offered.map(name => ({ id: name, label: name }))}
      onChange={key => onChange(String(key))}
      isInvalid={Boolean(rawErrors?.length)}
      validationBehavior="aria"
    />
  );
}
