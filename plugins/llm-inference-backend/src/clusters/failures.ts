import { StringDecoder } from 'node:string_decoder';
import { isError } from '@backstage/errors';
import { KubernetesError, failureKindOf } from './KubernetesError';

/** An answer that is none of 200 to 299. */
export interface Refusal {
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  /** What the answer begins with. */
  text: string;
}

/** Characters after which nothing more of a refusal is read: the rest says nothing more. */
const ENOUGH = 16 * 1024;

/** What a refusal begins with, as it arrives. */
export class Beginning {
  readonly #decoder = new StringDecoder('utf8');
  text = '';

  /** Takes what comes next; whether that is enough. */
  take(chunk: Buffer): boolean {
    this.text += this.#decoder.write(chunk);
    return this.text.length > ENOUGH;
  }
}

/** The beginning of a refusal, however it ends. */
export async function readBeginning(
  body: AsyncIterable<Buffer>,
): Promise<string> {
  const beginning = new Beginning();
  try {
    for await (const chunk of body) {
      if (beginning.take(chunk)) break;
    }
  } catch {
    // Cut off: what has come is all there is.
  }
  return beginning.text;
}

/** What a refusal means. */
export function refusalOf(
  attempt: string,
  { statusCode, headers, text }: Refusal,
): KubernetesError {
  const said = statusMessage(text);
  const retryAfter = Number(headers['retry-after']);
  return new KubernetesError(
    failureKindOf(statusCode),
    `${attempt}: ${statusCode}${said ? ` ${said}` : ''}`,
    {
      status: statusCode,
      retryAfterMs:
        Number.isFinite(retryAfter) && retryAfter > 0
          ? retryAfter * 1000
          : undefined,
    },
  );
}

/** What the connection to a cluster ended with; as it is where we have ended it, or where it is known already. */
export function asNetworkError(
  attempt: string,
  error: unknown,
  signal: AbortSignal,
): unknown {
  if (signal.aborted || error instanceof KubernetesError) return error;
  const code = errorCode(error);
  const words = isError(error) ? error.message || code : String(error);
  return new KubernetesError('Network', `${attempt}: ${words ?? 'failed'}`, {
    cause: error,
  });
}

function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown })?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The `message` of a Kubernetes Status, or the first words of another body. */
function statusMessage(text: string): string {
  try {
    const message = JSON.parse(text)?.message;
    if (typeof message === 'string') return message.slice(0, 300);
  } catch {
    // Not a Status, but a proxy's page.
  }
  return text.trim().slice(0, 120);
}
