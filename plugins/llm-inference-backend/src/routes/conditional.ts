import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { JsonParts } from '../status/JsonParts';

/**
 * Answers with JSON and an entity tag, or with 304 where the caller has it already. The tag is made from
 * `versions`, what the answer shows, and not from the time of the look.
 */
export function sendConditional(
  request: Request,
  response: Response,
  versions: unknown,
  body: () => unknown,
): void {
  const tag = `"${createHash('sha1')
    .update(JSON.stringify(versions))
    .digest('base64url')}"`;
  response.set('etag', tag);
  response.set('cache-control', 'private, no-cache');
  const held = request.headers['if-none-match'];
  if (
    held?.split(',').some(value => value.trim().replace(/^W\//, '') === tag)
  ) {
    response.status(304).end();
    return;
  }
  const answer = body();
  if (!(answer instanceof JsonParts)) {
    response.json(answer);
    return;
  }
  response.type('json').set('content-length', String(answer.length));
  response.cork();
  for (const part of answer.parts) response.write(part);
  response.end();
  response.uncork();
}
