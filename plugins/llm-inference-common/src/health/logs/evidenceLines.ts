import { cleanText } from '../quote';

/** Lines that say something about why an engine does not start, or how KV cache moves and over what. */
const SPEAKING =
  /nixl|rixl|\bucx\b|ucp_|inter-node cfg#|Endpoint Config #|remote memory (?:read|write)|KV (?:Transfer|blocks|cache)|kv_?transfer|KVConnector|prefill(?:er)? (?:request|returned|response)|Infer RoCE|ibv_|locked memory|no RDMA|falling back to TCP|\bERROR\b|\bCRITICAL\b|\bFATAL\b|Traceback|\w+(?:Error|Exception)\b|CUDA|out of memory|OOM|Bus error|shm|No space left|\b(?:401|403|404|429)\b|gated|engine ID mismatch/i;

/** A row of a table that UCX prints; it speaks only below a title that does. */
const TABLE_ROW = /\|.*\||\+-{3,}/;

/** Lines kept of one run of a container. */
const MOST_LINES = 200;

const LONGEST_LINE = 1_024;

/**
 * The lines of a log that can be evidence, oldest first, with secrets replaced. The rest of the log is let go.
 *
 * @param text - a tail of the log of one container
 * @param known - lines of the same run that were kept before
 * @public
 */
export function evidenceLines(
  text: string,
  known: readonly string[] = [],
): string[] {
  const found: string[] = [];
  let inTable = false;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.slice(0, LONGEST_LINE);
    const speaks = SPEAKING.test(line);
    inTable = speaks || (inTable && TABLE_ROW.test(line));
    if (inTable) {
      found.push(cleanText(line).trimEnd());
    }
  }
  // Tails overlap: what comes after the last line that is known is new.
  const last = known[known.length - 1];
  const overlap = last === undefined ? -1 : found.lastIndexOf(last);
  return boundLines([...known, ...found.slice(overlap + 1)]);
}

/** What a run found out when it started stays; of the rest the newest. */
function boundLines(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) {
    return lines;
  }
  const early = MOST_LINES / 4;
  return [...lines.slice(0, early), ...lines.slice(early - MOST_LINES)];
}
