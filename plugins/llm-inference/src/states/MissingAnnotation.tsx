import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiPriceTag3Line } from '@remixicon/react';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { CodeBlock } from '../elements/CodeBlock';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Notice } from './Notice';

/** The entity does not say which service it stands for. */
export function MissingAnnotation() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <Notice
      tone="neutral"
      Icon={RiPriceTag3Line}
      title={t('states.missingAnnotation.title')}
    >
      <p>{t('states.missingAnnotation.description')}</p>
      <CodeBlock
        code={`metadata:\n  annotations:\n    ${SERVICE_ANNOTATION}: <namespace>/<name>`}
        label={t('copy.annotation')}
      />
    </Notice>
  );
}
