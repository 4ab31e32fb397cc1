import { parseDocument } from 'yaml';
import {
  readSchedulerProfile,
  type SchedulerProfile,
} from '../../resource/schedulerConfig';

/**
 * Parsing YAML costs more than the rest of an assessment, and the text hardly ever changes: profiles are kept
 * by their text. The same text always gives the same profile, so nobody can tell.
 */
const known = new Map<string, SchedulerProfile | undefined>();
const MAX_KNOWN = 200;
const MAX_TEXT = 200_000;

/** Reads the text of an endpoint picker configuration; absent where it is no YAML or too long to be one. */
export function parseSchedulerProfile(
  text: string,
): SchedulerProfile | undefined {
  if (text.length > MAX_TEXT) {
    return undefined;
  }
  if (!known.has(text)) {
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    known.set(text, parse(text));
  }
  return known.get(text);
}

function parse(text: string): SchedulerProfile | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) {
    return undefined;
  }
  try {
    return readSchedulerProfile(document.toJS({ maxAliasCount: 100 }));
  } catch {
    // Aliases that lead nowhere or multiply: the scheduler cannot read it either.
    return undefined;
  }
}
