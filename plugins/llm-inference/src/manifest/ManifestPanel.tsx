import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { RiCheckboxCircleLine, RiErrorWarningLine } from '@remixicon/react';
import type {
  ServiceManifest,
  ServiceStatus,
} from 'backstage-plugin-llm-inference-common';
import { CopyButton } from '../elements/CopyButton';
import { useFormat } from '../elements/useFormat';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { FindingsList } from './FindingsList';
import { ManifestText, ShownPlace } from './ManifestText';
import { useManifest } from './useManifest';
import styles from './ManifestPanel.module.css';

/** The manifest of a service as its cluster has it, with what the lints say about it. */
export function ManifestPanel({ service }: { service: ServiceStatus }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const { manifest, error, retry } = useManifest(service);
  return (
    <div className={styles.panel}>
      {error && (
        <Notice
          tone="warning"
          Icon={RiErrorWarningLine}
          title={
            manifest
              ? t('manifest.outdated', { message: said.error(error) })
              : t('manifest.failed')
          }
        >
          {!manifest && <p>{said.error(error)}</p>}
          <Button size="small" variant="secondary" onPress={retry}>
            {t('manifest.retry')}
          </Button>
        </Notice>
      )}
      {manifest ? (
        <Manifest manifest={manifest} />
      ) : (
        !error && (
          <>
            <VisuallyHidden role="status">
              {t('manifest.reading')}
            </VisuallyHidden>
            <Skeleton width="100%" height="24rem" />
          </>
        )
      )}
    </div>
  );
}

function Manifest({
  manifest: { service, yaml, findings, readAt },
}: {
  manifest: ServiceManifest;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const [place, setPlace] = useState<ShownPlace>();
  return (
    <>
      <div className={styles.head}>
        <Text variant="body-small">
          {t('manifest.read', {
            cluster: service.cluster,
            time: format.moment(readAt),
          })}
        </Text>
        <CopyButton text={yaml} label={t('manifest.copy')} showLabel />
      </div>
      <div className={styles.columns}>
        <section className={styles.findings} aria-labelledby="llm-findings">
          <Text as="h2" id="llm-findings" variant="body-large" weight="bold">
            {t('manifest.findings')}
          </Text>
          {findings.length > 0 ? (
            <FindingsList
              findings={findings}
              onOpen={({ line, endLine }) => setPlace({ line, endLine })}
            />
          ) : (
            <Notice
              tone="positive"
              Icon={RiCheckboxCircleLine}
              title={t('manifest.none')}
            >
              <p>{t('manifest.noneDescription')}</p>
            </Notice>
          )}
        </section>
        <ManifestText
          yaml={yaml}
          findings={findings}
          place={place}
          label={t('manifest.of', { name: service.name })}
        />
      </div>
    </>
  );
}
