import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Select, Text } from '@backstage/ui';
import {
  SLO_PRESETS,
  type OfferedProfile,
} from 'backstage-plugin-llm-inference-common';
import { useChosenProfile } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { tellProblemAt } from '../words/tell';
import { FilesView } from './FilesView';
import { FindingList } from './FindingList';
import { planPreview } from './planPreview';
import { SizeTable } from './SizeTable';
import { useArchitecture } from './useArchitecture';
import styles from './preview.module.css';

/** Where the service of the form goes. */
export interface PreviewOptions {
  repository?: 'shared' | 'own';
}

/** Shows what the pull request will hold, while the form is filled in. */
export function PreviewField({
  formData,
  onChange,
  formContext,
  uiSchema,
}: FieldExtensionComponentProps<boolean, PreviewOptions>) {
  const profile = useChosenProfile(formContext?.formData);
  useEffect(() => {
    // A value makes the form run this field's validation, which looks at all the others.
    if (!formData) onChange(true);
  }, [formData, onChange]);
  return profile ? (
    <PreviewOf
      profile={profile}
      data={formContext?.formData}
      layout={uiSchema['ui:options']?.repository ?? 'shared'}
    />
  ) : null;
}

function PreviewOf({
  profile,
  data,
  layout,
}: {
  profile: OfferedProfile;
  data: unknown;
  layout: 'shared' | 'own';
}) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const [use, setUse] = useState('retrieval');
  // Typing stays quick: the preview follows when the browser has time.
  const deferred = useDeferredValue(data);
  const architecture = useArchitecture(deferred);
  const preview = useMemo(() => {
    const preset = SLO_PRESETS.find(({ id }) => id === use);
    return planPreview(
      deferred,
      profile,
      {
        promptTokens: preset?.promptTokens,
        outputTokens: preset?.outputTokens,
      },
      layout,
      architecture,
    );
  }, [deferred, profile, use, layout, architecture]);

  if (preview.state === 'incomplete') {
    return (
      <Alert
        status="warning"
        icon
        title={t('preview.problems', { count: preview.problems.length })}
        description={
          <ul className={styles.list}>
            {preview.problems.map(problem => (
              <li key={`${problem.path} ${problem.message}`}>
                {tellProblemAt(t, problem)}
              </li>
            ))}
          </ul>
        }
      />
    );
  }
  const { files, findings, capacity } = preview;
  const refused = findings.some(({ level }) => level === 'error');
  return (
    <Flex direction="column" gap="5">
      <Alert
        status={refused ? 'danger' : 'success'}
        icon
        title={t(refused ? 'preview.refused' : `preview.ready.${layout}`)}
        description={t('preview.readyHint', { count: files.length })}
      />
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {t('preview.size')}
        </Text>
        <Select
          label={t('preview.use')}
          value={use}
          options={SLO_PRESETS.map(
            ({ id, title, promptTokens, outputTokens }) => ({
              id,
              label: [
                t(`use.${id}`, { said: title }),
                `(${promptTokens} → ${outputTokens})`,
              ].join(' '),
            }),
          )}
          onChange={key => setUse(String(key))}
        />
        {capacity ? (
          <SizeTable capacity={capacity} />
        ) : (
          <Text color="secondary">{t('preview.noNumbers')}</Text>
        )}
      </Flex>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {t('preview.findings')}
        </Text>
        <FindingList findings={findings} />
      </Flex>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {t('preview.files')}
        </Text>
        <FilesView files={files} />
      </Flex>
    </Flex>
  );
}
