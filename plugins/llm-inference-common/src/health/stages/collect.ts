import type {
  CauseDefinition,
  Detail,
  Finding,
  FoundCause,
} from '../causes/CauseDefinition';
import { cleanText } from '../quote';
import type { Severity } from '../ServingHealth';

const MAX_EVIDENCE = 8;
const SEVERITIES: readonly Severity[] = ['Critical', 'Warning', 'Info'];

/** Gathers findings into causes: one per id and pool, with all subjects. */
export class CauseCollector {
  private readonly causes = new Map<
    string,
    { cause: FoundCause; subjects: Set<string> }
  >();

  /** Adds one finding. The gravest severity of a group wins, and its words. */
  add(definition: CauseDefinition, finding: Finding) {
    const severity = finding.severity ?? definition.severity;
    const key = `${definition.id}/${finding.pool ?? ''}`;
    const known = this.causes.get(key);
    if (!known) {
      const subjects = new Set(finding.subjects);
      const cause: FoundCause = {
        definition,
        id: definition.id,
        pool: finding.pool,
        severity,
        subjects: [...subjects],
        evidence: finding.evidence.slice(0, MAX_EVIDENCE),
        detail: redactDetail(finding.detail),
      };
      this.causes.set(key, { cause, subjects });
      return;
    }
    const { cause, subjects } = known;
    for (const subject of finding.subjects) {
      if (!subjects.has(subject)) {
        subjects.add(subject);
        cause.subjects.push(subject);
      }
    }
    if (cause.evidence.length < MAX_EVIDENCE) {
      cause.evidence = cause.evidence
        .concat(finding.evidence)
        .slice(0, MAX_EVIDENCE);
    }
    if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(cause.severity)) {
      cause.severity = severity;
      cause.detail = redactDetail(finding.detail);
    }
  }

  /** What was found so far. */
  list(): FoundCause[] {
    return [...this.causes.values()].map(({ cause }) => cause);
  }
}

function redactDetail(detail: Detail = {}): Detail {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [
      key,
      value === undefined ? undefined : cleanText(value),
    ]),
  );
}
