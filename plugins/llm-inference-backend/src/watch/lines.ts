import { KubernetesError } from '../clusters/KubernetesError';

/** Longest line accepted; etcd takes objects of at most 1.5 MiB, so a longer one is not an object. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/** Cuts what arrives in chunks into lines of text; the rest of a chunk waits for the next one. */
export class LineCutter {
  #parts: Buffer[] = [];
  #length = 0;

  /** The lines that end in a chunk. */
  *cut(chunk: Buffer): Generator<string> {
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end >= 0;
      end = chunk.indexOf(NEWLINE, start)
    ) {
      this.#parts.push(chunk.subarray(start, end));
      const line = textOf(this.#parts);
      this.#parts = [];
      this.#length = 0;
      start = end + 1;
      if (line) yield line;
    }
    if (start < chunk.length) {
      this.#parts.push(chunk.subarray(start));
      this.#length += chunk.length - start;
      if (this.#length > LONGEST_LINE_BYTES) {
        throw new KubernetesError(
          'Protocol',
          `A watch sent a line of more than ${LONGEST_LINE_BYTES} bytes`,
        );
      }
    }
  }
}

/**
 * Cuts a stream into lines of text. A line that the end of the stream cuts off is dropped: it was never
 * sent whole.
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  const cutter = new LineCutter();
  for await (const chunk of stream) yield* cutter.cut(chunk);
}

function textOf(parts: Buffer[]): string {
  const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  return whole.toString('utf8');
}
