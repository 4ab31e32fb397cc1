import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { RiEditLine, RiExternalLinkLine, RiStackLine } from '@remixicon/react';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { templateRouteRef } from '../routes';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { changeForm } from './changeForm';
import { ExternalLink, externalUrl } from './externalLinks';
import { kubernetesTabPath } from './kubernetesTabPath';
import styles from './ServiceActions.module.css';

/** What can be done about a service from its page. */
export function ServiceActions({
  service,
  links,
}: {
  service: ServiceStatus;
  links: ExternalLink[];
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { entity } = useEntity();
  const templateRoute = useRouteRef(templateRouteRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const kubernetesTab = kubernetesTabPath(entity, entityRoute);
  const change = changeForm(entity, service);
  return (
    <nav className={styles.actions} aria-label={t('actions.title')}>
      {templateRoute && (
        <ButtonLink
          size="small"
          variant="primary"
          iconStart={<RiEditLine aria-hidden />}
          href={`${templateRoute(
            change.template,
          )}?formData=${encodeURIComponent(JSON.stringify(change.formData))}`}
        >
          {t('actions.change')}
        </ButtonLink>
      )}
      {kubernetesTab && (
        <ButtonLink
          size="small"
          variant="secondary"
          iconStart={<RiStackLine aria-hidden />}
          href={kubernetesTab}
        >
          {t('actions.kubernetes')}
        </ButtonLink>
      )}
      {links.map(link => {
        const url = externalUrl(link, service.service);
        return (
          url && (
            <ButtonLink
              key={link.title}
              size="small"
              variant="secondary"
              iconEnd={<RiExternalLinkLine aria-hidden />}
              href={url}
              target="_blank"
              rel="noopener noreferrer"
            >
              {link.title}
            </ButtonLink>
          )
        );
      })}
    </nav>
  );
}
