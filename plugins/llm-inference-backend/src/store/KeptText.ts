import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A text as it is kept in memory. */
export type KeptText = string | Uint8Array;

/** Shorter texts gain less than the room that a byte array takes beside its bytes. */
const LONG = 1_000;

/** A window of 8 KiB finds as much in texts of a few KiB as the largest, and is set up in half the time. */
const OPTIONS = { windowBits: 13, memLevel: 5, chunkSize: 8 * 1024 };

/**
 * Keeps a text. A long one is deflated, to about a third: workloads, routes and templates of pods are long and
 * read only when their service is judged. To inflate one costs some 15 us, about as much as to parse it.
 */
export function keep(text: string): KeptText {
  if (text.length < LONG) return text;
  const deflated = deflateRawSync(text, OPTIONS);
  // Of its own size: what zlib returns is a part of the chunk that it worked in.
  const bytes = new Uint8Array(deflated.length);
  bytes.set(deflated);
  return bytes;
}

/** The text that was kept. */
export function readKept(kept: KeptText): string {
  return typeof kept === 'string'
    ? kept
    : inflateRawSync(kept, OPTIONS).toString('utf8');
}

/** Whether two kept texts are the same. */
export function sameText(a: KeptText, b: KeptText): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return Buffer.compare(a, b) === 0;
}
