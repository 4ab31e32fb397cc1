import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Select } from '@backstage/ui';
import type { ManifestFile } from 'backstage-plugin-llm-inference-common';
import { CodeBlock } from '../../elements/CodeBlock';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

const FIRST = 'base/llm-inference-service.yaml';

/** The files of the pull request, one at a time. */
export function FilesView({ files }: { files: ManifestFile[] }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const [chosen, setChosen] = useState(FIRST);
  const shown = files.find(({ path }) => path === chosen) ?? files[0];
  return (
    <Flex direction="column" gap="2">
      <Select
        label={t('preview.file')}
        value={shown.path}
        options={files.map(({ path }) => ({ id: path, label: path }))}
        onChange={key => setChosen(String(key))}
      />
      <CodeBlock code={shown.content} label={t('preview.copy')} />
    </Flex>
  );
}
