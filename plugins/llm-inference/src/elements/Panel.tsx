import type { ReactNode } from 'react';
import styles from './Panel.module.css';

/** A section of the tab: what one chooses stands above what is shown. */
export function Panel({
  controls,
  children,
}: {
  controls: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.panel}>
      <div className={styles.controls}>{controls}</div>
      {children}
    </div>
  );
}
