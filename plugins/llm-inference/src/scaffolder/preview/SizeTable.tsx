import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  CapacityEstimate,
  PoolCapacity,
} from 'backstage-plugin-llm-inference-common';
import { useFormat } from '../../elements/useFormat';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import { tellAdvice } from '../words/tell';
import styles from './preview.module.css';

/** The numbers of a capacity estimate; what is not known is left out. */
export function SizeTable({ capacity }: { capacity: CapacityEstimate }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const format = useFormat();
  const { prefill, decode, transfer } = capacity;
  const bytes = (value: number | undefined) => {
    if (value === undefined) return undefined;
    return value < 0 ? t('preview.fitsNot') : format.memory(value);
  };
  const count = (value: number | undefined) =>
    value === undefined ? undefined : format.count(Math.floor(value));
  const rows: Array<[string, (pool: PoolCapacity) => string | undefined]> = [
    [t('preview.weights'), pool => bytes(pool.weightBytes)],
    [t('preview.cache'), pool => bytes(pool.kvAvailableBytes)],
    [t('preview.tokens'), pool => count(pool.tokens)],
    [t('preview.requests'), pool => count(pool.requests)],
  ];
  return (
    <>
      <table className={styles.numbers}>
        <thead>
          <tr>
            <th scope="col">{t('preview.perReplica')}</th>
            <th scope="col">{t('pool.prefill')}</th>
            <th scope="col">{t('pool.decode')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .map(
              ([title, of]) =>
                [title, prefill && of(prefill), of(decode)] as const,
            )
            .filter(([, a, b]) => a !== undefined || b !== undefined)
            .map(([title, a, b]) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td>{a ?? '–'}</td>
                <td>{b ?? '–'}</td>
              </tr>
            ))}
          {transfer && (
            <tr>
              <th scope="row">{t('preview.transfer')}</th>
              <td colSpan={2}>
                {format.memory(transfer.bytes)} ·{' '}
                {format.duration(
                  Math.max(1, Math.round(transfer.seconds * 1000)) / 1000,
                )}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {capacity.advice.length > 0 && (
        <ul className={styles.list}>
          {capacity.advice.map(advice => (
            <li key={advice.id}>
              <Text>{tellAdvice(t, advice)}</Text>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
