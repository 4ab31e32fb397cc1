import { KubernetesError } from '../clusters/KubernetesError';

/** Longest line accepted; etcd takes objects of at most 1.5 MiB, so a longer one is not an object. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts a stream into lines of text. A line that the end of the stream cuts off is dropped: it was never
 * sent whole.
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end >= 0;
      end = chunk.indexOf(NEWLINE, start)
    ) {
      parts.push(chunk.subarray(start, end));
      const line = textOf(parts);
      parts = [];
      length = 0;
      start = end + 1;
      if (line) yield line;
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > LONGEST_LINE_BYTES) {
        throw new KubernetesError(
          'Protocol',
          `A watch sent a line of more than ${LONGEST_LINE_BYTES} bytes`,
        );
      }
    }
  }
}

function textOf(parts: Buffer[]): string {
  const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  return whole.toString('utf8');
}
