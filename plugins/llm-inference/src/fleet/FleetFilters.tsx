import { useEffect, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, SearchField, Select } from '@backstage/ui';
import type { ServiceListQuery } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { isFiltered } from './fleetQuery';
import type { FleetOptions } from './useFleetOptions';
import styles from './FleetFilters.module.css';

/** How long typing pauses before the list follows. */
const TYPING_MS = 250;

const FILTERS = ['cluster', 'owner', 'model'] as const;

/** Search and filters of the fleet. */
export function FleetFilters({
  query,
  options,
  onChange,
}: {
  query: ServiceListQuery;
  options: FleetOptions;
  onChange(change: Partial<ServiceListQuery>): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <div className={styles.filters} role="search">
      <TextFilter
        value={query.text ?? ''}
        onChange={text => onChange({ text: text || undefined })}
      />
      {FILTERS.map(filter => (
        <Select
          key={filter}
          className={styles.select}
          aria-label={t(`fleet.filter.${filter}`)}
          placeholder={t(`fleet.filter.${filter}`)}
          selectionMode="multiple"
          searchable
          options={options[filter]}
          value={query[filter] ?? []}
          onChange={keys => onChange({ [filter]: keys.map(String) })}
        />
      ))}
      {isFiltered(query) && (
        <Button
          variant="tertiary"
          onPress={() =>
            onChange({
              text: undefined,
              verdict: [],
              cluster: [],
              owner: [],
              model: [],
            })
          }
        >
          {t('fleet.filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** Follows the address of the page, and changes it once typing pauses. */
function TextFilter({
  value,
  onChange,
}: {
  value: string;
  onChange(text: string): void;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [text, setText] = useState(value);
  const [followed, setFollowed] = useState(value);
  if (followed !== value) {
    setFollowed(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField
      className={styles.search}
      aria-label={t('fleet.search')}
      placeholder={t('fleet.search')}
      value={text}
      onChange={setText}
    />
  );
}
