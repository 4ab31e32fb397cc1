import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { Endpoint } from 'backstage-plugin-llm-inference-common';
import { CodeBlock } from '../elements/CodeBlock';
import { CopyButton } from '../elements/CopyButton';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { curlSnippet, pythonSnippet } from './snippets';
import styles from './EndpointBox.module.css';

/** Where the service answers, and how to ask it from a shell and from Python. */
export function EndpointBox({ endpoints }: { endpoints: Endpoint[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [first] = endpoints;
  if (!first) {
    return null;
  }
  return (
    <section className={styles.box} aria-label={t('endpoint.title')}>
      <ul className={styles.urls}>
        {endpoints.map(endpoint => (
          <li key={endpoint.url} className={styles.url}>
            <span className={styles.text}>
              <span className={styles.label}>
                {endpoint.name ?? t('endpoint.title')}
              </span>
              <code className={styles.address}>{endpoint.url}</code>
            </span>
            <CopyButton text={endpoint.url} label={t('endpoint.copyUrl')} />
          </li>
        ))}
      </ul>
      <Accordion className={styles.snippets}>
        <AccordionTrigger title={t('endpoint.callIt')} />
        <AccordionPanel>
          <div className={styles.blocks}>
            <CodeBlock
              code={curlSnippet(first)}
              label={t('endpoint.copyCurl')}
            />
            <CodeBlock
              code={pythonSnippet(first)}
              label={t('endpoint.copyPython')}
            />
          </div>
        </AccordionPanel>
      </Accordion>
    </section>
  );
}
