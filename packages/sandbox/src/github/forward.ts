import { Request, Response } from 'express';

const HOP_BY_HOP = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'accept-encoding',
  'content-encoding',
];

/** An answer of the emulator, complete. */
export interface ForwardedResponse {
  status: number;
  headers: [string, string][];
  body: Buffer;
}

/** Hands a request on to the emulator, with another JSON body if one is given. */
export async function forward(
  emulatorUrl: string,
  req: Request,
  json?: unknown,
): Promise<ForwardedResponse> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined && !HOP_BY_HOP.includes(name)) {
      headers.set(name, String(value));
    }
  }
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD';
  const response = await fetch(`${emulatorUrl}${req.originalUrl}`, {
    method: req.method,
    headers,
    redirect: 'manual',
    ...(hasBody && {
      body: json === undefined ? bodyOf(req) : JSON.stringify(json),
    }),
  });
  return {
    status: response.status,
    headers: [...response.headers].filter(
      ([name]) => !HOP_BY_HOP.includes(name),
    ),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** Answers with what the emulator answered. */
export function reply(res: Response, forwarded: ForwardedResponse): void {
  res.status(forwarded.status);
  for (const [name, value] of forwarded.headers) {
    res.append(name, value);
  }
  res.end(forwarded.body);
}

/** The raw request body; empty when there was none. */
export function bodyOf(req: Request): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}
