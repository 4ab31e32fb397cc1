import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { inertLine } from 'backstage-plugin-llm-inference-common';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import styles from '../preview/preview.module.css';

/** Why a change is asked for: the cause that the page of the service named, and what was observed. */
export interface ChangeReason {
  cause?: string;
  pool?: string;
  title?: string;
  evidence?: string[];
}

/** Shows the reason that a link has brought along; without one there is nothing to see. */
export function ChangeReasonField({
  formData,
  onChange,
}: FieldExtensionComponentProps<ChangeReason>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  if (!formData?.cause) return null;
  const { cause, pool, title, evidence = [] } = formData;
  return (
    <Flex direction="column" gap="2" align="start">
      <Alert
        status="info"
        icon
        title={title ? inertLine(title, 200) : cause}
        description={
          <>
            <Text as="p">
              {t('reason.why', { cause: pool ? `${cause} (${pool})` : cause })}
            </Text>
            <ul className={styles.list} aria-label={t('reason.evidence')}>
              {evidence.map(line => (
                <li key={line}>
                  <Text variant="body-small">{inertLine(line, 512)}</Text>
                </li>
              ))}
            </ul>
          </>
        }
      />
      <Button
        variant="secondary"
        size="small"
        onPress={() => onChange(undefined)}
      >
        {t('reason.leaveOut')}
      </Button>
    </Flex>
  );
}
