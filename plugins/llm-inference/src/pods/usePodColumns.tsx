import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import { RiAlertFill } from '@remixicon/react';
import { PodDot } from '../diagram/PodDot';
import { labelled } from '../elements/NarrowTable';
import { useFormat } from '../elements/useFormat';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import type { PodRow } from './podRows';
import styles from './PodsPanel.module.css';

/** The columns of the pods table. */
export function usePodColumns(
  isDisaggregated: boolean,
): ColumnConfig<PodRow>[] {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const format = useFormat();
  return useMemo(
    () =>
      labelled([
        {
          id: 'name',
          label: t('pods.column.name'),
          isRowHeader: true,
          isSortable: true,
          minWidth: 200,
          cell: ({ pod }) => (
            <Cell>
              <span className={styles.name}>{pod.name}</span>
            </Cell>
          ),
        },
        {
          id: 'state',
          label: t('pods.column.state'),
          isSortable: true,
          minWidth: 180,
          cell: ({ pod, mark }) => (
            <Cell>
              <span className={styles.state}>
                <PodDot mark={mark} />
                {pod.ready ? t('pods.ready') : pod.reason ?? pod.phase}
              </span>
            </Cell>
          ),
        },
        {
          id: 'pool',
          label: t('pods.column.pool'),
          isSortable: true,
          isHidden: !isDisaggregated,
          minWidth: 90,
          cell: ({ pool }) => <Cell>{t(`pool.${pool}`)}</Cell>,
        },
        {
          id: 'node',
          label: t('pods.column.node'),
          isSortable: true,
          minWidth: 130,
          cell: ({ pod }) => <Cell>{pod.node ?? '–'}</Cell>,
        },
        {
          id: 'restarts',
          label: t('pods.column.restarts'),
          isSortable: true,
          minWidth: 130,
          cell: ({ pod }) => <NumberCell>{pod.restarts}</NumberCell>,
        },
        {
          id: 'age',
          label: t('pods.column.age'),
          isSortable: true,
          minWidth: 80,
          cell: ({ pod }) => (
            <NumberCell>
              {pod.createdAt ? format.age(pod.createdAt) : '–'}
            </NumberCell>
          ),
        },
        {
          id: 'gpu',
          label: t('pods.column.gpu'),
          minWidth: 70,
          cell: ({ pod }) => <NumberCell>{pod.gpu ?? '–'}</NumberCell>,
        },
        {
          id: 'rdma',
          label: t('pods.column.rdma'),
          minWidth: 80,
          cell: ({ pod }) => <NumberCell>{pod.rdma ?? '–'}</NumberCell>,
        },
        {
          id: 'image',
          label: t('pods.column.image'),
          minWidth: 180,
          cell: ({ pod, otherImage }) => (
            <Cell>
              <span
                className={otherImage ? styles.other : undefined}
                title={[pod.image, pod.imageDigest].filter(Boolean).join('\n')}
              >
                {otherImage && (
                  <RiAlertFill
                    className={styles.icon}
                    aria-label={t('pods.otherImage')}
                  />
                )}
                {imageTag(pod.image)}
              </span>
            </Cell>
          ),
        },
      ]),
    [t, format, isDisaggregated],
  );
}

function NumberCell({
  children,
  ...others
}: {
  children: number | string;
  'data-label'?: string;
}) {
  return (
    <Cell {...others} className={styles.number}>
      {children}
    </Cell>
  );
}

/** The last part of an image's name, with tag; the whole stands in the tooltip. */
function imageTag(image: string | undefined): string {
  return image?.split('/').at(-1) ?? '–';
}
