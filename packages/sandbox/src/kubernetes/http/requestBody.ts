import { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../../cluster/ApiError';
import { decodeObject } from '../protobuf/decodeObject';

/** The API server's own limit of a request body. */
const LIMIT_BYTES = 3 * 1024 * 1024;

/** The body of a request. @throws ApiError 413 above 3 MiB */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    size += buffer.length;
    if (size > LIMIT_BYTES) {
      throw new ApiError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message: `Request entity too large: limit is ${LIMIT_BYTES}`,
      });
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** The media type of a request without its parameters; JSON where none is given. */
export function contentType(request: IncomingMessage): string {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() || 'application/json';
}

/** What a body says: JSON, or YAML or Kubernetes' protobuf where the type says so. @throws ApiError 400 */
export function parseBody(body: Buffer, type: string): unknown {
  try {
    if (type === 'application/vnd.kubernetes.protobuf') {
      return decodeObject(body);
    }
    const text = body.toString('utf8');
    return /yaml$/.test(type) ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    if (error instanceof ApiError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw badRequest(
      `the object provided is unrecognized: couldn't get version/kind; json parse error: ${reason}`,
    );
  }
}

/** What an optional body says; an empty one says nothing. */
export async function readOptionalBody(
  request: IncomingMessage,
): Promise<unknown> {
  const body = await readBody(request);
  return body.length > 0 ? parseBody(body, contentType(request)) : {};
}

export function unsupportedMediaType(
  type: string,
  accepted: string[],
): ApiError {
  return new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )} (got ${type})`,
  });
}
