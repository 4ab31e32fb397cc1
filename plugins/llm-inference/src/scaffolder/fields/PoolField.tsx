import { useEffect } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, NumberField, Select, Text } from '@backstage/ui';
import { useChosenProfile } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

/** What a person decides about a pool. Other fields of a pool are kept as they are. */
export interface PoolValue {
  replicas?: number;
  parallelism?: { tensor?: number };
}

/** Which pool the field is for. */
export interface PoolOptions {
  pool?: 'prefill' | 'decode';
}

/** Size of one pool, within the limits of the profile. */
export function PoolField({
  formData = {},
  onChange,
  rawErrors,
  uiSchema,
  formContext,
}: FieldExtensionComponentProps<PoolValue, PoolOptions>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const profile = useChosenProfile(formContext?.formData);
  const { replicas } = formData;
  useEffect(() => {
    // What is shown is what is meant: a pool nobody touched has one replica.
    if (replicas === undefined) onChange({ ...formData, replicas: 1 });
  }, [formData, replicas, onChange]);
  const pool = uiSchema['ui:options']?.pool ?? 'decode';
  const most = profile?.limits.maxReplicasPerPool ?? 8;
  const tensors = [1, 2, 4, 8, 16].filter(
    tensor => tensor <= (profile?.limits.maxGpusPerPod ?? 8),
  );
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="title-x-small">
        {t(`pool.${pool}`)}
      </Text>
      <Text color="secondary">{t(`pool.${pool}Role`)}</Text>
      <Flex gap="4" style={{ flexWrap: 'wrap' }}>
        <NumberField
          label={t('pool.replicas')}
          description={t('pool.replicasHint', { most: String(most) })}
          value={replicas ?? 1}
          minValue={1}
          maxValue={most}
          onChange={value =>
            onChange({
              ...formData,
              replicas: Number.isFinite(value) ? value : undefined,
            })
          }
          isInvalid={Boolean(rawErrors?.length)}
          validationBehavior="aria"
        />
        {profile?.pool.gpu && (
          <Select
            label={t('pool.tensor')}
            description={t('pool.tensorHint')}
            value={String(formData.parallelism?.tensor ?? 1)}
            options={tensors.map(tensor => ({
              id: String(tensor),
              label: String(tensor),
            }))}
            onChange={key =>
              onChange({
                ...formData,
                parallelism: { ...formData.parallelism, tensor: Number(key) },
              })
            }
          />
        )}
      </Flex>
    </Flex>
  );
}
