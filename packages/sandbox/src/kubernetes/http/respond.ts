import { ServerResponse } from 'node:http';
import { ApiError } from '../../cluster/ApiError';

/** Answers with a JSON text. */
export function sendJsonText(
  response: ServerResponse,
  code: number,
  text: string,
): void {
  const body = Buffer.from(text);
  response.writeHead(code, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'Cache-Control': 'no-cache, private',
  });
  response.end(body);
}

/** Answers with an object as JSON. */
export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
): void {
  sendJsonText(response, code, JSON.stringify(body));
}

export function sendText(
  response: ServerResponse,
  code: number,
  text: string,
): void {
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** Answers with the Status of an error; errors of ours become the 500 of an API server. */
export function sendError(response: ServerResponse, error: unknown): void {
  const { status } =
    error instanceof ApiError
      ? error
      : new ApiError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${
            error instanceof Error ? error.message : String(error)
          }`,
        });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (status.details?.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', status.details.retryAfterSeconds);
  }
  if (status.code === 401) {
    response.setHeader('WWW-Authenticate', 'Bearer realm="kubernetes"');
  }
  sendJson(response, status.code, status);
}
