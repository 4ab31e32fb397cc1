import type { PodMark } from './podMark';
import styles from './PodDots.module.css';

/** The dot of one pod; decoration beside a word that says the same. */
export function PodDot({ mark }: { mark: PodMark }) {
  return <span className={styles.dot} data-mark={mark} aria-hidden />;
}
