import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiCodeSSlashLine } from '@remixicon/react';
import type { Endpoint } from 'backstage-plugin-llm-inference-common';
import { CodeBlock } from '../elements/CodeBlock';
import { CopyButton } from '../elements/CopyButton';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { curlSnippet, pythonSnippet } from './snippets';
import styles from './EndpointBox.module.css';

const LANGUAGES = ['curl', 'python'] as const;

/** Where the service answers, and how to ask it from a shell and from Python. */
export function EndpointBox({ endpoints }: { endpoints: Endpoint[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>();
  const [first] = endpoints;
  if (!first) {
    return null;
  }
  return (
    <div className={styles.box} role="group" aria-label={t('endpoint.title')}>
      <div className={styles.row}>
        <ul className={styles.urls}>
          {endpoints.map(endpoint => (
            <li key={endpoint.url} className={styles.url}>
              <span className={styles.label}>
                {endpoint.name ?? t('endpoint.title')}
              </span>
              <span className={styles.target}>
                <code className={styles.address}>{endpoint.url}</code>
                <CopyButton text={endpoint.url} label={t('endpoint.copyUrl')} />
              </span>
            </li>
          ))}
        </ul>
        <div className={styles.languages}>
          {LANGUAGES.map(each => (
            <Button
              key={each}
              size="small"
              variant="secondary"
              iconStart={<RiCodeSSlashLine aria-hidden />}
              aria-expanded={language === each}
              onPress={() => setLanguage(language === each ? undefined : each)}
            >
              {t(`endpoint.${each}`)}
            </Button>
          ))}
        </div>
      </div>
      {language === 'curl' && (
        <CodeBlock code={curlSnippet(first)} label={t('endpoint.copyCurl')} />
      )}
      {language === 'python' && (
        <CodeBlock
          code={pythonSnippet(first)}
          label={t('endpoint.copyPython')}
        />
      )}
    </div>
  );
}
