import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Button, Flex, Text, TextField } from '@backstage/ui';
import {
  defaultModelName,
  kvBytesPerToken,
  refuseModelUri,
  weightBytes,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../../elements/useFormat';
import { useArchitecture } from '../preview/useArchitecture';
import { useChosenProfile } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

/** Where the weights are, and the name that clients ask for. */
export interface ModelValue {
  uri?: string;
  name?: string;
}

/** Models whose numbers are known, in the spelling of the hub. */
const SUGGESTED = [
  'hf://Qwen/Qwen2.5-7B-Instruct',
  'hf://Qwen/Qwen3-32B',
  'hf://meta-llama/Llama-3.1-8B-Instruct',
  'hf://openai/gpt-oss-120b',
  'hf://Qwen/Qwen2.5-0.5B-Instruct',
  'hf://facebook/opt-125m',
];

/** Chooses the model; what is known about its size is shown at once. */
export function ModelField({
  formData = {},
  onChange,
  rawErrors,
  formContext,
}: FieldExtensionComponentProps<ModelValue>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const format = useFormat();
  const profile = useChosenProfile(formContext?.formData);
  const { uri = '', name = '' } = formData;
  const set = (change: ModelValue) => {
    const { uri: newUri, name: newName } = { ...formData, ...change };
    onChange({
      ...(newUri && { uri: newUri }),
      ...(newName && { name: newName }),
    });
  };
  const allowed = profile?.models.allowed ?? [];
  const suggestions = SUGGESTED.filter(suggested =>
    allowed.some(prefix => suggested.startsWith(prefix)),
  );
  const numbers = useArchitecture({ model: formData });
  const weights = numbers && weightBytes(numbers);
  const perToken = numbers && kvBytesPerToken(numbers);
  return (
    <Flex direction="column" gap="3">
      <TextField
        label={t('model.uri')}
        description={t('model.uriDescription')}
        value={uri}
        onChange={value => set({ uri: value.trim() })}
        isInvalid={Boolean((uri && refuseModelUri(uri)) || rawErrors?.length)}
        isRequired
        secondaryLabel={t('required')}
        validationBehavior="aria"
      />
      {suggestions.length > 0 && (
        <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
          <Text variant="body-small" color="secondary">
            {t('model.suggestions')}
          </Text>
          {suggestions.map(suggested => (
            <Button
              key={suggested}
              variant="secondary"
              size="small"
              onPress={() => set({ uri: suggested, name: undefined })}
            >
              {suggested.replace('hf://', '')}
            </Button>
          ))}
        </Flex>
      )}
      {(weights || perToken) && (
        <Text variant="body-small" color="secondary" aria-live="polite">
          {[
            weights && t('model.weights', { size: format.memory(weights) }),
            perToken && t('model.perToken', { size: format.memory(perToken) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      )}
      <TextField
        label={t('model.served')}
        description={t('model.servedDescription')}
        placeholder={uri ? defaultModelName(uri) : undefined}
        value={name}
        onChange={value => set({ name: value.trim() })}
      />
    </Flex>
  );
}
