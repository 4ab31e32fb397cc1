import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiFileUnknowLine,
  RiLoader4Line,
  RiShieldKeyholeLine,
  RiWifiOffLine,
} from '@remixicon/react';
import {
  ENTITY_REF_ANNOTATION,
  EntityStatus,
} from 'backstage-plugin-llm-inference-common';
import { CodeBlock } from '../elements/CodeBlock';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { Notice } from './Notice';
import { UnwatchedClusters } from './UnwatchedClusters';

/** The backend answered, but has no service to show for the entity: says why. */
export function NoServices({
  status,
  service,
  entityRef,
}: {
  status: EntityStatus;
  /** `<namespace>/<name>` as the entity's annotation has it. */
  service: string;
  entityRef: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const clusters = <UnwatchedClusters clusters={status.clusters} />;
  switch (status.reason) {
    case 'BindingNotVerified':
      return (
        <Notice
          tone="warning"
          Icon={RiShieldKeyholeLine}
          title={t('states.bindingNotVerified.title')}
        >
          <p>{t('states.bindingNotVerified.description', { service })}</p>
          <CodeBlock
            code={`metadata:\n  annotations:\n    ${ENTITY_REF_ANNOTATION}: ${entityRef}`}
            label={t('copy.annotation')}
          />
        </Notice>
      );
    case 'Syncing':
      return (
        <Notice
          tone="announcement"
          Icon={RiLoader4Line}
          title={t('states.syncing.title')}
        >
          <p>{t('states.syncing.description')}</p>
          {clusters}
        </Notice>
      );
    case 'Unreachable':
      return (
        <Notice
          tone="warning"
          Icon={RiWifiOffLine}
          title={t('states.unreachable.title')}
        >
          <p>{t('states.unreachable.description')}</p>
          {clusters}
        </Notice>
      );
    default:
      return (
        <Notice
          tone="neutral"
          Icon={RiFileUnknowLine}
          title={t('states.notFound.title')}
        >
          <p>{t('states.notFound.description', { service })}</p>
          {clusters}
        </Notice>
      );
  }
}
