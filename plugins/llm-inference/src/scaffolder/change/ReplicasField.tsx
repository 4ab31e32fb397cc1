import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { NumberField } from '@backstage/ui';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { useChangeLimits } from './useChangeLimits';
import type { ChangeFieldOptions } from './validateChangeField';

/** Another number of replicas for one pool, with what its profile allows. Empty means as it is. */
export function ReplicasField({
  formData,
  onChange,
  rawErrors,
  uiSchema,
  formContext,
}: FieldExtensionComponentProps<number, ChangeFieldOptions>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const { profile, now } = useChangeLimits(formContext?.formData);
  const pool =
    uiSchema['ui:options']?.of === 'prefillReplicas' ? 'prefill' : 'decode';
  const hints = [
    now && t('change.now', { count: now[pool].replicas }),
    profile &&
      t('change.most', {
        most: String(profile.limits.maxReplicasPerPool),
        profile: profile.title,
      }),
    profile?.limits.maxGpus !== undefined &&
      now &&
      now[pool].gpusPerReplica > 0 &&
      t('change.gpus', {
        each: String(now[pool].gpusPerReplica),
        most: String(profile.limits.maxGpus),
      }),
  ].filter(Boolean);
  return (
    <NumberField
      label={t(`change.${pool}Replicas`)}
      description={hints.join(' · ') || undefined}
      value={formData ?? NaN}
      minValue={1}
      onChange={value => onChange(Number.isFinite(value) ? value : undefined)}
      isInvalid={Boolean(rawErrors?.length)}
      validationBehavior="aria"
    />
  );
}
