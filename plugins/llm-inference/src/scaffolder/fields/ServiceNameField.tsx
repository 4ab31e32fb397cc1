import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Button, Flex, Text, TextField } from '@backstage/ui';
import {
  LONGEST_SERVICE_NAME,
  refuseServiceName,
  suggestServiceName,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { tellProblem } from '../words/tell';

/** The name of a new service, checked as it is typed. */
export function ServiceNameField({
  formData = '',
  onChange,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const refused = formData ? refuseServiceName(formData) : undefined;
  const suggestion = refused ? suggestServiceName(formData) : undefined;
  return (
    <Flex direction="column" gap="2">
      <TextField
        label={t('name.label')}
        description={t('name.description')}
        secondaryLabel={t('name.count', {
          used: String(formData.length),
          most: String(LONGEST_SERVICE_NAME),
        })}
        value={formData}
        onChange={value => onChange(value === '' ? undefined : value)}
        isInvalid={Boolean(refused || rawErrors?.length)}
        isRequired
        validationBehavior="aria"
      />
      {refused && !rawErrors?.length && (
        <Text color="danger" role="status">
          {tellProblem(t, refused)}
        </Text>
      )}
      {suggestion && suggestion !== formData && (
        <div>
          <Button
            variant="secondary"
            size="small"
            onPress={() => onChange(suggestion)}
          >
            {t('name.use', { suggestion })}
          </Button>
        </div>
      )}
    </Flex>
  );
}
