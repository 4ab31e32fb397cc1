import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  ServiceMetrics,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { useSaid } from '../cause/useSaid';
import { ChartPlan, groupsOf, linesOf } from './chartPlan';
import { SeriesChart } from './SeriesChart';
import { whyUnmeasured } from './whyUnmeasured';
import styles from './ChartGroups.module.css';

/** Whether the numbers are drawn or written. */
export type ChartView = 'charts' | 'tables';

/** All charts of a service, in groups. A chart without data stands there too, and says why. */
export function ChartGroups({
  metrics,
  health,
  view,
}: {
  metrics: ServiceMetrics;
  health: ServingHealth;
  view: ChartView;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const reason = ({ parts }: ChartPlan) => {
    const pod = whyUnmeasured(parts, metrics.unmeasured, health);
    return pod
      ? t('charts.missing.part', {
          message: said.unmeasured(metrics.source, pod),
        })
      : t(
          nothingHappened(metrics)
            ? 'charts.missing.never'
            : 'charts.missing.series',
        );
  };
  return (
    <>
      {groupsOf(health.disaggregated).map(group => (
        <section key={group.id} aria-labelledby={`llm-charts-${group.id}`}>
          <Text
            as="h2"
            id={`llm-charts-${group.id}`}
            variant="body-large"
            weight="bold"
          >
            {t(`charts.group.${group.id}`)}
          </Text>
          <div className={styles.charts}>
            {group.charts.map(chart => (
              <SeriesChart
                key={chart.id}
                id={chart.id}
                metrics={metrics}
                lines={linesOf(chart, metrics.series)}
                view={view}
                whyEmpty={reason(chart)}
              />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

/** A share or a quantile of nothing is no number: without requests there is none to show. */
function nothingHappened({ series }: ServiceMetrics): boolean {
  const requests = series.find(({ id }) => id === 'request-rate');
  return requests?.values.every(value => !value) ?? false;
}
