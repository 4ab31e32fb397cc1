import { parseEntityRef } from '@backstage/catalog-model';
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
  changeTemplate,
}: {
  service: ServiceStatus;
  links: ExternalLink[];
  /** Reference of the software template that changes a service. */
  changeTemplate: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { entity } = useEntity();
  const templateRoute = useRouteRef(templateRouteRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const kubernetesTab = kubernetesTabPath(entity, entityRoute);
  const template = parseEntityRef(changeTemplate, {
    defaultKind: 'Template',
    defaultNamespace: 'default',
  });
  return (
    <nav className={styles.actions} aria-label={t('actions.title')}>
      {templateRoute && (
        <ButtonLink
          size="small"
          variant="primary"
          iconStart={<RiEditLine aria-hidden />}
          href={`${templateRoute({
            namespace: template.namespace,
            templateName: template.name,
          })}?formData=${encodeURIComponent(
            JSON.stringify(changeForm(entity, service)),
          )}`}
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
