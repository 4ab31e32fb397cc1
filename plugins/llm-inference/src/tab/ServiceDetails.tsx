import { lazy, Suspense } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Card,
  CardBody,
  Skeleton,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from '@backstage/ui';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { MetricsPanel } from '../charts/MetricsPanel';
import { ServingDiagram } from '../diagram/ServingDiagram';
import { DriftPanel } from '../drift/DriftPanel';
import { NotDeployed } from '../drift/NotDeployed';
import { EndpointBox } from '../endpoint/EndpointBox';
import { freshnessKind, isOld } from '../freshness/freshnessKind';
import { HistoryPanel } from '../history/HistoryPanel';
import type { LiveConnection } from '../live/LiveStatusApi';
import { LogsPanel } from '../logs/LogsPanel';
import { PodsPanel } from '../pods/PodsPanel';
import { ServiceHead } from '../service/ServiceHead';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { DiagnosisPanel } from './DiagnosisPanel';
import type { ExternalLink } from './externalLinks';
import { ServiceActions } from './ServiceActions';
import styles from './ServiceDetails.module.css';

const ManifestPanel = lazy(() =>
  import('../manifest/ManifestPanel').then(m => ({ default: m.ManifestPanel })),
);

/** A service of one cluster in full. */
export function ServiceDetails({
  service,
  connection,
  seenAt,
  maxPods,
  links,
  changeTemplate,
}: {
  service: ServiceStatus;
  connection: LiveConnection;
  seenAt: number | undefined;
  maxPods: number;
  links: ExternalLink[];
  changeTemplate: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const { health, drift } = service;
  return (
    <>
      <Card>
        <CardBody className={styles.overview}>
          <div className={styles.head}>
            <ServiceHead
              service={service}
              connection={connection}
              seenAt={seenAt}
            />
            <ServiceActions
              service={service}
              links={links}
              changeTemplate={changeTemplate}
            />
          </div>
          {drift?.state === 'NotDeployed' && <NotDeployed drift={drift} />}
          {health.verdict !== 'Missing' && (
            <ServingDiagram
              health={health}
              maxPods={maxPods}
              isOld={isOld(freshnessKind(service.freshness, connection))}
            />
          )}
          <EndpointBox endpoints={health.endpoints} />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          <Tabs>
            <TabList className={styles.tabs}>
              <Tab id="diagnosis" className={styles.tab}>
                {t('tab.diagnosis')}
              </Tab>
              <Tab id="pods" className={styles.tab}>
                {t('tab.pods')}
              </Tab>
              <Tab id="metrics" className={styles.tab}>
                {t('tab.metrics')}
              </Tab>
              <Tab id="logs" className={styles.tab}>
                {t('tab.logs')}
              </Tab>
              <Tab id="history" className={styles.tab}>
                {t('tab.history')}
              </Tab>
              <Tab id="manifest" className={styles.tab}>
                {t('tab.manifest')}
              </Tab>
              {drift && (
                <Tab id="drift" className={styles.tab}>
                  {t('tab.drift')}
                </Tab>
              )}
            </TabList>
            <TabPanel id="diagnosis" className={styles.panel}>
              <DiagnosisPanel health={health} changeTemplate={changeTemplate} />
            </TabPanel>
            <TabPanel id="pods" className={styles.panel}>
              <PodsPanel health={health} />
            </TabPanel>
            <TabPanel id="metrics" className={styles.panel}>
              <MetricsPanel service={service} />
            </TabPanel>
            <TabPanel id="logs" className={styles.panel}>
              <LogsPanel service={service} />
            </TabPanel>
            <TabPanel id="history" className={styles.panel}>
              <HistoryPanel service={service} />
            </TabPanel>
            <TabPanel id="manifest" className={styles.panel}>
              <Suspense fallback={<Skeleton width="100%" height="24rem" />}>
                <ManifestPanel service={service} />
              </Suspense>
            </TabPanel>
            {drift && (
              <TabPanel id="drift" className={styles.panel}>
                <DriftPanel drift={drift} />
              </TabPanel>
            )}
          </Tabs>
        </CardBody>
      </Card>
    </>
  );
}
