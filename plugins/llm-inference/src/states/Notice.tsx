import type { ReactNode } from 'react';
import type { RemixiconComponentType } from '@remixicon/react';
import { Tone, ToneName } from '../look/Tone';
import styles from './Notice.module.css';

/** Says in place of data why there is none, and what to do. */
export function Notice({
  tone,
  Icon,
  title,
  children,
}: {
  tone: ToneName;
  Icon: RemixiconComponentType;
  title: string;
  children: ReactNode;
}) {
  return (
    <Tone tone={tone} className={styles.notice} role="status">
      <Icon aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <strong className={styles.title}>{title}</strong>
        {children}
      </div>
    </Tone>
  );
}
