import { CopyButton } from './CopyButton';
import styles from './CodeBlock.module.css';

/** A few lines to copy. Long lines scroll, also by keyboard. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.block}>
      <pre className={styles.code} tabIndex={0} aria-label={label}>
        {code}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={code} label={label} />
      </div>
    </div>
  );
}
