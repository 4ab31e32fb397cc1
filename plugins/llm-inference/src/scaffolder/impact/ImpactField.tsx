import { useEffect, useState } from 'react';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { useSaid } from '../../cause/useSaid';
import { llmInferenceTranslationRef } from '../../translation/translationRef';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import styles from '../preview/preview.module.css';
import { readImpact, type Impact } from './readImpact';
import { ServiceUse } from './ServiceUse';

/** Reads again this often: whoever moves users away watches the requests go down. */
const AGAIN_MS = 10_000;

/** What stands for a reason of the status. */
const STATES = {
  BindingNotVerified: 'states.bindingNotVerified.title',
  Syncing: 'states.syncing.title',
  Unreachable: 'states.unreachable.title',
} as const;

/** Shows how a service serves now, what it does at the moment, and who says that they use it. */
export function ImpactField({
  formData,
  onChange,
  formContext,
}: FieldExtensionComponentProps<boolean>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const entityRef: unknown = formContext?.formData?.entityRef;
  const { t: states } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const impact = useImpact(entityRef);
  useEffect(() => {
    if (!formData) onChange(true);
  }, [formData, onChange]);

  const whyUnseen = (unseen: NonNullable<Impact['unseen']>) => {
    if (typeof unseen !== 'string') return said.error(unseen);
    return unseen === 'NotFound' ? undefined : states(STATES[unseen]);
  };

  if (!impact) return <Skeleton height={96} />;
  const { services, unseen, consumers } = impact;
  return (
    <Flex direction="column" gap="3">
      <Text as="h3" variant="title-x-small">
        {t('impact.now')}
      </Text>
      {services.map(use => (
        <ServiceUse key={use.service.cluster} use={use} />
      ))}
      {unseen && (
        <Alert
          status={unseen === 'NotFound' ? 'info' : 'warning'}
          icon
          title={t(unseen === 'NotFound' ? 'impact.notFound' : 'impact.unseen')}
          description={whyUnseen(unseen)}
        />
      )}
      {consumers.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('impact.used', { count: consumers.length })}
          description={
            <ul className={styles.list}>
              {consumers.map(ref => (
                <li key={ref}>
                  <EntityRefLink entityRef={ref} />
                </li>
              ))}
            </ul>
          }
        />
      ) : (
        <Text color="secondary">{t('impact.unused')}</Text>
      )}
    </Flex>
  );
}

function useImpact(entityRef: unknown): Impact | undefined {
  const catalog = useApi(catalogApiRef);
  const client = useApi(llmInferenceApiRef);
  const [impact, setImpact] = useState<Impact>();
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (read: Impact) => {
      if (!gone) setImpact(read);
    };
    const read = async (ref: string) => {
      await readImpact(ref, catalog, client).then(keep, (error: Error) =>
        keep({ services: [], consumers: [], unseen: error }),
      );
      if (!gone) timer = setTimeout(() => read(ref), AGAIN_MS);
    };
    if (typeof entityRef === 'string') read(entityRef);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [entityRef, catalog, client]);
  return impact;
}
