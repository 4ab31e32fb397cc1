import type { Cause, RemedyForm } from 'backstage-plugin-llm-inference-common';

/** What the form of the template takes beside the change: why it is asked for. */
interface RemedyReason {
  cause: Cause['id'];
  pool?: Cause['pool'];
  title: string;
  /** One line for each observation. */
  evidence: string[];
}

const MOST_LINES = 5;
const LONGEST_LINE = 512;
const LONGEST_TITLE = 200;

/** Some proxies refuse addresses of more than 8 KiB; the page's own part comes on top. */
const LONGEST_FORM = 5_500;

/** The values of the form: the change and nothing else, and the reason, as far as an address can carry it. */
export function remedyValues(
  entityRef: string,
  form: RemedyForm,
  cause: Cause,
): RemedyForm & { entityRef: string; reason: RemedyReason } {
  const values = {
    entityRef,
    ...form,
    reason: {
      cause: cause.id,
      ...(cause.pool ? { pool: cause.pool } : {}),
      title: cut(cause.title, LONGEST_TITLE),
      evidence: [] as string[],
    },
  };
  for (const { object, quote } of cause.evidence.slice(0, MOST_LINES)) {
    const line = cut(`${object}: ${quote}`, LONGEST_LINE);
    values.reason.evidence.push(line);
    if (encodeURIComponent(JSON.stringify(values)).length > LONGEST_FORM) {
      values.reason.evidence.pop();
      break;
    }
  }
  return values;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
