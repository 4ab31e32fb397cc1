import { lineLook } from './lineLook';

/** A piece of a line, to find it by. */
export function LineMark({ line }: { line: number }) {
  return (
    <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden focusable="false">
      <line x1="0" y1="4" x2="22" y2="4" strokeWidth="2" {...lineLook(line)} />
    </svg>
  );
}
