import { CopyButton } from './CopyButton';
import styles from './CodeBlock.module.css';

/** A few lines to copy. Long lines wrap, so that nothing hides. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.block}>
      <pre className={styles.code}>{code}</pre>
      <div className={styles.copy}>
        <CopyButton text={code} label={label} />
      </div>
    </div>
  );
}
