import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { RiCheckboxCircleLine } from '@remixicon/react';
import type { ServingHealth } from 'backstage-plugin-llm-inference-common';
import { CauseDetails } from '../cause/CauseDetails';
import { EvidenceList } from '../cause/Evidence';
import { ConditionTree } from '../conditions/ConditionTree';
import { Notice } from '../states/Notice';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './DiagnosisPanel.module.css';

/** Everything that explains the verdict: causes with evidence, the KV path's evidence, the conditions. */
export function DiagnosisPanel({
  health,
  changeTemplate,
}: {
  health: ServingHealth;
  /** Reference of the software template that changes a service. */
  changeTemplate: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { causes, conditions, kvTransfer } = health;
  return (
    <div className={styles.panel}>
      <div className={styles.main}>
        <section aria-labelledby="llm-causes">
          <Text as="h2" id="llm-causes" variant="body-large" weight="bold">
            {t('cause.all')}
          </Text>
          {causes.length > 0 ? (
            <ul className={styles.causes}>
              {causes.map(cause => (
                <CauseDetails
                  key={`${cause.id}/${cause.pool ?? ''}`}
                  cause={cause}
                  health={health}
                  changeTemplate={changeTemplate}
                />
              ))}
            </ul>
          ) : (
            <Notice
              tone="positive"
              Icon={RiCheckboxCircleLine}
              title={t('cause.none')}
            >
              <p>{t('cause.noneDescription')}</p>
            </Notice>
          )}
        </section>
        {kvTransfer.evidence.length > 0 && (
          <section aria-labelledby="llm-kv">
            <Text as="h2" id="llm-kv" variant="body-large" weight="bold">
              {t('kv.title')}
            </Text>
            <EvidenceList evidence={kvTransfer.evidence} />
          </section>
        )}
      </div>
      <div className={styles.side}>
        {conditions.length > 0 && (
          <section aria-labelledby="llm-conditions">
            <Text
              as="h2"
              id="llm-conditions"
              variant="body-large"
              weight="bold"
            >
              {t('conditions.title')}
            </Text>
            <ConditionTree conditions={conditions} />
          </section>
        )}
      </div>
    </div>
  );
}
