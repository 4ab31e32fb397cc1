import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type {
  GitOpsState,
  ServiceDrift,
  SpecDifference,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { DriftLine } from './DriftLine';
import { SourceLink } from './SourceLink';
import styles from './Drift.module.css';

/** How a service stands to Git in full: every difference by its path, and what the GitOps controller says. */
export function DriftPanel({ drift }: { drift: ServiceDrift }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { state, reason, differences, total, gitOps } = drift;
  const unlisted = total - differences.length;
  return (
    <div className={styles.panel}>
      <div className={styles.section}>
        <DriftLine drift={drift} />
        {state === 'InSync' && <p>{t('drift.inSync')}</p>}
        {state === 'Differs' && <p>{t('drift.differs')}</p>}
        {reason && <p>{reason}</p>}
        <SourceLink drift={drift} />
      </div>
      {differences.length > 0 && (
        <div className={styles.section}>
          <Differences differences={differences} />
          {unlisted > 0 && (
            <p className={styles.quiet}>
              {t('drift.more', { count: unlisted })}
            </p>
          )}
        </div>
      )}
      {gitOps && <GitOps gitOps={gitOps} />}
    </div>
  );
}

function Differences({ differences }: { differences: SpecDifference[] }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <table className={styles.table}>
      <caption>
        <VisuallyHidden>{t('drift.table')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('drift.column.path')}</th>
          <th scope="col">{t('drift.column.change')}</th>
          <th scope="col">{t('drift.column.desired')}</th>
          <th scope="col">{t('drift.column.live')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, change, desired, live }) => (
          <tr key={path}>
            <th scope="row" className={styles.code}>
              {path}
            </th>
            <td data-label={t('drift.column.change')}>
              {t(`drift.change.${change}`)}
            </td>
            <td data-label={t('drift.column.desired')}>
              <Value text={desired} />
            </td>
            <td data-label={t('drift.column.live')}>
              <Value text={live} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text }: { text: string | undefined }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return text === undefined ? (
    <span className={styles.quiet}>{t('drift.nothing')}</span>
  ) : (
    <span className={styles.code}>{text}</span>
  );
}

function GitOps({ gitOps }: { gitOps: GitOpsState }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  const { tool, kind, namespace, name, cluster, sync, health, message, at } =
    gitOps;
  return (
    <figure className={styles.words}>
      <figcaption>
        <strong>
          {t(`drift.tool.${tool}`)}: {t(`drift.sync.${sync}`)}
        </strong>
        <span className={styles.quiet}>
          {[
            `${kind} ${namespace}/${name}`,
            cluster,
            health && t('drift.health', { health }),
            at && t('drift.last', { time: format.moment(at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </figcaption>
      {message && <blockquote className={styles.quote}>{message}</blockquote>}
    </figure>
  );
}
