import type { HTMLAttributes } from 'react';
import styles from './tone.module.css';

/** What a colour stands for. It always comes with a word or a shape that says the same. */
export type ToneName =
  | 'positive'
  | 'warning'
  | 'negative'
  | 'announcement'
  | 'neutral';

/** Gives its content a tone; see `tone.module.css` for the variables. */
export function Tone({
  tone,
  as: Element = 'div',
  className,
  ...rest
}: HTMLAttributes<HTMLElement> & {
  tone: ToneName;
  as?: 'div' | 'span' | 'li';
}) {
  return (
    <Element
      data-tone={tone}
      className={[styles.tone, className].filter(Boolean).join(' ')}
      {...rest}
    />
  );
}
