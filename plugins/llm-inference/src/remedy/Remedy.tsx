import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Button, ButtonLink } from '@backstage/ui';
import { RiGitPullRequestLine } from '@remixicon/react';
import { remedyForm } from 'backstage-plugin-llm-inference-common';
import type {
  Cause,
  RemedyForm,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { ClosedNote } from './ClosedNote';
import { remedyValues } from './remedyValues';
import { useChangeTemplate } from './useChangeTemplate';
import { useProfileRdma } from './useProfileRdma';
import styles from './Remedy.module.css';

/** What a remedy is offered for. */
export interface RemedyProps {
  cause: Cause;
  health: ServingHealth;
  /** Reference of the software template that changes a service. */
  changeTemplate: string;
}

/** The change of the manifest that ends a cause, and the way to its pull request; nothing where none is known. */
export function Remedy({ cause, health, changeTemplate }: RemedyProps) {
  const { entity } = useEntity();
  const profileRdma = useProfileRdma(entity, cause.id);
  const form = remedyForm(cause, health, { profileRdma });
  return form ? (
    <Offer form={form} cause={cause} changeTemplate={changeTemplate} />
  ) : null;
}

function Offer({
  form,
  cause,
  changeTemplate,
}: {
  form: RemedyForm;
  cause: Cause;
  changeTemplate: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { entity } = useEntity();
  const template = useChangeTemplate(entity, changeTemplate);
  const icon = <RiGitPullRequestLine aria-hidden />;
  return (
    <div className={styles.remedy}>
      <p className={styles.change}>
        {(Object.keys(form) as Array<keyof RemedyForm>).map(field => (
          <span key={field}>
            {t(`remedy.change.${field}`, { value: String(form[field]) })}
          </span>
        ))}
      </p>
      {template.state === 'open' && (
        <ButtonLink
          size="small"
          variant="secondary"
          iconStart={icon}
          href={template.href(
            remedyValues(stringifyEntityRef(entity), form, cause),
          )}
        >
          {t('remedy.open')}
        </ButtonLink>
      )}
      {template.state === 'checking' && (
        <Button size="small" variant="secondary" iconStart={icon} isDisabled>
          {t('remedy.open')}
        </Button>
      )}
      {template.state === 'closed' && <ClosedNote closed={template} />}
    </div>
  );
}
