import { useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Select, Switch } from '@backstage/ui';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { podRows, sortPods } from '../pods/podRows';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { LogView } from './LogView';
import styles from './LogsPanel.module.css';

/** The containers that a pod of a pool may have, the engine first. */
const CONTAINERS = ['main', 'storage-initializer', 'llm-d-routing-sidecar'];

/** The logs of the pods of both pools, those that need attention first. */
export function LogsPanel({
  service: { service, health },
}: {
  service: ServiceStatus;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const pods = useMemo(
    () =>
      sortPods(podRows(health.pools), 'state', 'ascending').map(
        ({ pod }) => pod.name,
      ),
    [health.pools],
  );
  const [chosen, setChosen] = useState<string>();
  const [container, setContainer] = useState(CONTAINERS[0]);
  const [follow, setFollow] = useState(true);
  const [previous, setPrevious] = useState(false);
  const [wrap, setWrap] = useState(true);
  const [search, setSearch] = useState('');
  // A choice holds as long as the pod is there; without one it stays with the pod it began with.
  const [first] = useState(pods[0]);
  const pod =
    [chosen, first].find(name => name && pods.includes(name)) ?? pods[0];
  if (!pod) {
    return <p className={styles.none}>{t('pods.none')}</p>;
  }
  return (
    <div className={styles.panel}>
      <div className={styles.controls}>
        <Select
          className={styles.pod}
          aria-label={t('logs.pod')}
          searchable
          options={pods.map(name => ({ value: name, label: name }))}
          value={pod}
          onChange={key => setChosen(String(key))}
        />
        <Select
          className={styles.container}
          aria-label={t('logs.container')}
          options={CONTAINERS.map(name => ({ value: name, label: name }))}
          value={container}
          onChange={key => setContainer(String(key))}
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
      </div>
      <LogView
        service={service}
        pod={pod}
        query={{ container, follow: follow && !previous, previous }}
        wrap={wrap}
        search={search}
      />
    </div>
  );
}
