import { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../../cluster/ApiError';

/** The API server's own limit of a request body. */
const LIMIT_BYTES = 3 * 1024 * 1024;

/** The body of a request as text. @throws ApiError 413 above 3 MiB */
export async function readBody(request: IncomingMessage): Promise<string> {
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
  return Buffer.concat(chunks).toString('utf8');
}

/** The media type of a request without its parameters; JSON where none is given. */
export function contentType(request: IncomingMessage): string {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() || 'application/json';
}

/** JSON, or YAML where the request says so. @throws ApiError 400 or 415 */
export function parseBody(text: string, type: string): unknown {
  try {
    if (/yaml$/.test(type)) {
      return parseYaml(text);
    }
    if (/protobuf$/.test(type)) {
      throw unsupportedMediaType(type);
    }
    return JSON.parse(text);
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

export function unsupportedMediaType(
  type: string,
  accepted = ['application/json', 'application/yaml'],
): ApiError {
  return new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )} (got ${type})`,
  });
}
