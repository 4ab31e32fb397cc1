import { StringDecoder } from 'node:string_decoder';
import { KubernetesError } from '../clusters/KubernetesError';

/** Longest line accepted; etcd takes objects of at most 1.5 MiB, so a longer one is not an object. */
const LONGEST_LINE = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts what arrives in chunks into lines; the rest of a chunk waits for the next one, as text: to join bytes takes
 * memory outside of the heap, which V8 collects with all the rest when it comes to be much.
 */
export class LineCutter {
  /** Absent between two lines, where a watch is for most of its time. */
  #decoder?: StringDecoder;
  #rest = '';

  /** The lines that end in a chunk. */
  *cut(chunk: Buffer): Generator<string> {
    const decoder = this.#decoder ?? new StringDecoder('utf8');
    this.#decoder = chunk.at(-1) === NEWLINE ? undefined : decoder;
    const text = decoder.write(chunk);
    let start = 0;
    for (
      let end = text.indexOf('\n');
      end >= 0;
      end = text.indexOf('\n', start)
    ) {
      const line = this.#rest + text.slice(start, end);
      this.#rest = '';
      start = end + 1;
      if (line) yield line;
    }
    this.#rest += text.slice(start);
    if (this.#rest.length > LONGEST_LINE) {
      throw new KubernetesError(
        'Protocol',
        `A watch sent a line of more than ${LONGEST_LINE} characters`,
      );
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
