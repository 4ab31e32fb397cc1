import { memo, useEffect, useMemo, useRef, type CSSProperties } from 'react';
import type { LocatedFinding } from 'backstage-plugin-llm-inference-common';
import { FindingNote } from './FindingNote';
import { YamlPiece, yamlLines } from './yamlLines';
import styles from './ManifestText.module.css';

/** A field of more lines than this has its findings at its first line, else below its last. */
const SHORT_FIELD = 12;

/** Characters. */
const MAX_HANG = 8;

/** A place to show; a new object shows the same place again. */
export interface ShownPlace {
  line: number;
  endLine: number;
}

/** How far in a line goes on where it wraps: deeper than it begins, but for what a narrow page has no room for. */
function hangOf([first]: YamlPiece[]): number {
  const indent = first?.kind === 'space' ? first.text.search(/\S|$/) : 0;
  return Math.min(indent + 2, MAX_HANG);
}

function LineOfYaml({
  number,
  pieces,
  isMarked,
}: {
  number: number;
  pieces: YamlPiece[];
  isMarked: boolean;
}) {
  return (
    <div
      className={styles.line}
      data-line={number}
      data-marked={isMarked || undefined}
      tabIndex={-1}
    >
      <span aria-hidden className={styles.number}>
        {number}
      </span>
      <code
        className={styles.code}
        style={{ '--llm-hang': `${hangOf(pieces)}ch` } as CSSProperties}
      >
        {pieces.map(({ kind, text }, index) => (
          <span key={index} className={styles[kind]}>
            {text}
          </span>
        ))}
      </code>
    </div>
  );
}

/** Most lines stay as they are when a finding is opened. */
const Line = memo(LineOfYaml);

/** YAML with line numbers, and the findings in place. */
export function ManifestText({
  yaml,
  findings,
  place,
  label,
}: {
  yaml: string;
  findings: LocatedFinding[];
  /** What to bring into sight and to mark. */
  place: ShownPlace | undefined;
  label: string;
}) {
  const lines = useMemo(() => yamlLines(yaml), [yaml]);
  const notes = useMemo(() => byLine(findings), [findings]);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // What takes the focus comes into sight by itself.
    text.current
      ?.querySelector<HTMLElement>(`[data-line="${place?.line}"]`)
      ?.focus();
  }, [place]);

  return (
    <div ref={text} className={styles.text} role="region" aria-label={label}>
      {lines.map((pieces, index) => {
        const number = index + 1;
        return (
          <div key={number}>
            <Line
              number={number}
              pieces={pieces}
              isMarked={
                place !== undefined &&
                number >= place.line &&
                number <= place.endLine
              }
            />
            {notes.get(number)?.map(finding => (
              <FindingNote
                key={`${finding.id} ${finding.path}`}
                finding={finding}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** The findings by the line that they stand below. */
function byLine(findings: LocatedFinding[]): Map<number, LocatedFinding[]> {
  const notes = new Map<number, LocatedFinding[]>();
  for (const finding of findings) {
    const { line, endLine } = finding;
    const below = endLine - line < SHORT_FIELD ? endLine : line;
    notes.set(below, [...(notes.get(below) ?? []), finding]);
  }
  return notes;
}
