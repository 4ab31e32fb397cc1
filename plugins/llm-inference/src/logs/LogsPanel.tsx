import { useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Select, Switch } from '@backstage/ui';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { Panel } from '../elements/Panel';
import { podRows, sortPods } from '../pods/podRows';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { LogView } from './LogView';
import styles from './LogsPanel.module.css';

/** The engine; KServe gives it this name. */
const ENGINE = 'main';

/** The logs of the pods of both pools, those that need attention first. */
export function LogsPanel({
  service: { service, health },
}: {
  service: ServiceStatus;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const pods = useMemo(
    () =>
      new Map(
        sortPods(podRows(health.pools), 'state', 'ascending').map(
          ({ pod, pool }) => [pod.name, pool],
        ),
      ),
    [health.pools],
  );
  const [chosen, setChosen] = useState<string>();
  const [wanted, setWanted] = useState(ENGINE);
  const [follow, setFollow] = useState(true);
  const [previous, setPrevious] = useState(false);
  const [wrap, setWrap] = useState(true);
  const [search, setSearch] = useState('');
  // A choice holds as long as the pod is there; without one it stays with the pod it began with.
  const [newest] = pods.keys();
  const [first] = useState(newest);
  const pod = [chosen, first].find(name => name && pods.has(name)) ?? newest;
  const pool = pod && pods.get(pod);
  if (!pod || !pool) {
    return <p className={styles.none}>{t('pods.none')}</p>;
  }
  const containers = health.pools[pool]?.containers ?? [ENGINE];
  const container = containers.includes(wanted) ? wanted : containers[0];
  return (
    <Panel
      controls={
        <>
          <Select
            className={styles.pod}
            aria-label={t('logs.pod')}
            searchable
            options={[...pods.keys()].map(name => ({
              value: name,
              label: name,
            }))}
            value={pod}
            onChange={key => setChosen(String(key))}
          />
          <Select
            className={styles.container}
            aria-label={t('logs.container')}
            options={containers.map(name => ({ value: name, label: name }))}
            value={container}
            onChange={key => setWanted(String(key))}
          />
          <SearchField
            className={styles.search}
            aria-label={t('logs.search')}
            placeholder={t('logs.search')}
            value={search}
            onChange={setSearch}
          />
          <Switch
            label={t('logs.follow')}
            isSelected={follow && !previous}
            isDisabled={previous}
            onChange={setFollow}
          />
          <Switch
            label={t('logs.previous')}
            isSelected={previous}
            onChange={setPrevious}
          />
          <Switch label={t('logs.wrap')} isSelected={wrap} onChange={setWrap} />
        </>
      }
    >
      <LogView
        service={service}
        pod={pod}
        query={{ container, follow: follow && !previous, previous }}
        wrap={wrap}
        search={search}
      />
    </Panel>
  );
}
