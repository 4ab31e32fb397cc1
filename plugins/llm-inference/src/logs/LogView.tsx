import { useLayoutEffect, useRef } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiFileForbidLine } from '@remixicon/react';
import type {
  PodLogQuery,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { Notice } from '../states/Notice';
import { useSaid } from '../cause/useSaid';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { useLog } from './useLog';
import styles from './LogsPanel.module.css';

/** So close to the end a reader is taken to follow it; pixels. */
const NEAR_END = 40;

/** The log of one container; a search leaves only the lines that match. */
export function LogView({
  service,
  pod,
  query,
  wrap,
  search,
}: {
  service: ServiceRef;
  pod: string;
  query: PodLogQuery;
  wrap: boolean;
  search: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const said = useSaid();
  const { lines, state, error } = useLog(service, pod, query);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = wanted
    ? lines.filter(line => line.toLocaleLowerCase().includes(wanted))
    : lines;
  const text = shown.join('\n');
  const area = useRef<HTMLTextAreaElement>(null);
  const atEnd = useRef(true);

  useLayoutEffect(() => {
    if (area.current && atEnd.current) {
      area.current.scrollTop = area.current.scrollHeight;
    }
  }, [text]);

  if (error && lines.length === 0) {
    return (
      <Notice tone="neutral" Icon={RiFileForbidLine} title={t('logs.failed')}>
        <p>{said.error(error)}</p>
      </Notice>
    );
  }
  return (
    <>
      {/* A text area can be focused, scrolled, searched and copied from by keyboard in every browser. */}
      <textarea
        ref={area}
        readOnly
        className={styles.text}
        aria-label={t('logs.of', { pod, container: query.container })}
        wrap={wrap ? 'soft' : 'off'}
        spellCheck={false}
        value={text}
        onScroll={({
          currentTarget: { scrollHeight, scrollTop, clientHeight },
        }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
        }}
      />
      <p className={styles.state} role="status">
        {wanted
          ? t('logs.matching', {
              shown: String(shown.length),
              all: String(lines.length),
            })
          : t('logs.lines', { count: lines.length })}
        {' · '}
        {error
          ? said.error(error)
          : t(
              state === 'reading' && query.follow
                ? 'logs.following'
                : `logs.${state}`,
            )}
      </p>
    </>
  );
}
