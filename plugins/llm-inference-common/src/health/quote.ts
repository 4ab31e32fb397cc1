import { withoutSecrets } from '../resource/secrets';
import type { Evidence } from './ServingHealth';

/** Longest quote, in characters. */
const MAX_QUOTE = 512;

/** Longest text that is looked at for one quote: long enough to redact before cutting. */
const MAX_SOURCE = 16_384;

// Built from their codes, so that no invisible character stands in this file.
const ESCAPE = String.fromCharCode(27);
const CSI = String.fromCharCode(0x9b);
const BELL = String.fromCharCode(7);

/** Terminal escapes: colours and cursor movement (CSI), titles and links (OSC), and single-character ones. */
const TERMINAL_ESCAPES = new RegExp(
  `(?:${ESCAPE}\\[|${CSI})[0-9;:?<=>!]*[ -/]*[@-~]|${ESCAPE}\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|${ESCAPE}[@-Z\\\\-_]?`,
  'g',
);

const CONTROL_CHARACTERS = /[^\P{Cc}\n\t]|\uFFFD/gu;

/** Text without terminal escapes and control characters; line breaks and tabs stay. */
export function stripTerminal(text: string): string {
  return text.replace(TERMINAL_ESCAPES, '').replace(CONTROL_CHARACTERS, '');
}

/** Text without terminal escapes and secrets, of any length. */
export function cleanText(text: string): string {
  return withoutSecrets(stripTerminal(text));
}

/** Text made fit to be shown: without terminal escapes and secrets, at most 512 characters. */
export function toQuote(text: string): string {
  const clean = cleanText(text.slice(0, MAX_SOURCE)).trim();
  return clean.length > MAX_QUOTE ? clean.slice(0, MAX_QUOTE) : clean;
}

/** One piece of evidence with its text made fit to be shown. */
export function evidence(
  kind: Evidence['kind'],
  object: string,
  text: string,
  at?: number,
): Evidence {
  const quote = toQuote(text);
  const time = at === undefined ? undefined : toIso(at);
  return time === undefined
    ? { kind, object: toQuote(object), quote }
    : { kind, object: toQuote(object), quote, at: time };
}

/** An ISO time; absent where the number is beyond what dates can hold. */
export function toIso(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
