import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { Button, ButtonLink } from '@backstage/ui';
import { RiEditLine, RiExternalLinkLine, RiStackLine } from '@remixicon/react';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { ClosedNote } from '../remedy/ClosedNote';
import { useChangeTemplate } from '../remedy/useChangeTemplate';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { VerifyPdButton } from '../verify/VerifyPdButton';
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
  const entityRoute = useRouteRef(entityRouteRef);
  const kubernetesTab = kubernetesTabPath(entity, entityRoute);
  const change = useChangeTemplate(entity, changeTemplate);
  return (
    <nav className={styles.actions} aria-label={t('actions.title')}>
      {change.state === 'open' && (
        <ButtonLink
          size="small"
          variant="primary"
          iconStart={<RiEditLine aria-hidden />}
          href={change.href(changeForm(entity, service))}
        >
          {t('actions.change')}
        </ButtonLink>
      )}
      {change.state === 'checking' && (
        <Button
          size="small"
          variant="primary"
          iconStart={<RiEditLine aria-hidden />}
          isDisabled
        >
          {t('actions.change')}
        </Button>
      )}
      <VerifyPdButton
        service={service}
        entityRef={stringifyEntityRef(entity)}
      />
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
      {change.state === 'closed' && change.reason !== 'noScaffolder' && (
        <div
          role="group"
          aria-label={t('actions.changeClosed')}
          className={styles.closed}
        >
          <ClosedNote closed={change} />
        </div>
      )}
    </nav>
  );
}
