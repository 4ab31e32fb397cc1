import { useEffect, useState } from 'react';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import {
  llmInferenceApiRef,
  type LlmInferenceApi,
} from '../../api/llmInferenceApiRef';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import styles from '../preview/preview.module.css';

interface Impact {
  /** One line per cluster, or why nothing is known. */
  serving: string[];
  consumers: string[];
}

type CatalogApi = typeof catalogApiRef.T;

/** Shows how a service serves now, and who says that they use it. */
export function ImpactField({
  formData,
  onChange,
  formContext,
}: FieldExtensionComponentProps<boolean>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const catalog = useApi(catalogApiRef);
  const client = useApi(llmInferenceApiRef);
  const entityRef: unknown = formContext?.formData?.entityRef;
  const [impact, setImpact] = useState<Impact>();
  useEffect(() => {
    if (!formData) onChange(true);
  }, [formData, onChange]);
  useEffect(() => {
    let gone = false;
    if (typeof entityRef === 'string') {
      readImpact(entityRef, catalog, client).then(
        read => {
          if (!gone) setImpact(read);
        },
        (error: Error) => {
          if (!gone) setImpact({ serving: [error.message], consumers: [] });
        },
      );
    }
    return () => {
      gone = true;
    };
  }, [entityRef, catalog, client]);

  if (!impact) return <Skeleton height={96} />;
  return (
    <Flex direction="column" gap="3">
      <Text as="h3" variant="title-x-small">
        {t('impact.now')}
      </Text>
      <ul className={styles.list}>
        {impact.serving.map(line => (
          <li key={line}>
            <Text>{line}</Text>
          </li>
        ))}
      </ul>
      {impact.consumers.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('impact.used', { count: impact.consumers.length })}
          description={
            <ul className={styles.list}>
              {impact.consumers.map(ref => (
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

async function readImpact(
  entityRef: string,
  catalog: CatalogApi,
  client: LlmInferenceApi,
): Promise<Impact> {
  const entity = await catalog.getEntityByRef(entityRef);
  const related = (types: string[], of = entity) =>
    (of?.relations ?? [])
      .filter(({ type }) => types.includes(type))
      .map(({ targetRef }) => targetRef);
  const apis = await Promise.all(
    related(['providesApi']).map(ref => catalog.getEntityByRef(ref)),
  );
  const { services, reason } = await client.getEntityStatus(entityRef);
  return {
    serving: services.length
      ? services.map(
          ({ service, health }) =>
            `${service.cluster}: ${health.verdict}. ${health.summary}`,
        )
      : [reason ?? '–'],
    consumers: [
      ...new Set([
        ...related(['dependencyOf']),
        ...apis.flatMap(api => related(['apiConsumedBy', 'dependencyOf'], api)),
      ]),
    ].sort(),
  };
}
