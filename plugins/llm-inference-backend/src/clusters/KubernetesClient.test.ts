import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { KubernetesClient } from './KubernetesClient';
import { KubernetesError } from './KubernetesError';

const ANSWER_MS = 300;

/** The client looks at its clock about twice a second: silence of a second is noticed for sure. */
const PAUSE_MS = 2_500;
const BODY = 'x'.repeat(64 * 1024 * 1024);

const closers: Array<() => Promise<void>> = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A client that waits for about a second, of a cluster that answers so. */
async function clientOf(answer: RequestListener) {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new KubernetesClient(
    {
      name: 'gpu-east',
      url: `http://127.0.0.1:${port}`,
      credential: { read: async () => ({ type: 'bearer', token: 'token' }) },
    },
    { connectMs: 1_000, answerMs: ANSWER_MS },
  );
  closers.push(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

async function answerOf(answer: RequestListener) {
  const client = await clientOf(answer);
  return await client.getChunks(
    '/api/v1/pods',
    {},
    new AbortController().signal,
  );
}

/** A watch on a cluster that answers so, and what is heard of it. */
async function watchOf(
  answer: RequestListener,
  take: (text: string) => void = () => undefined,
) {
  const client = await clientOf(answer);
  const abort = new AbortController();
  const heard: string[] = [];
  const ended = client.watch(
    '/api/v1/pods',
    { watch: true, resourceVersion: '7', labelSelector: undefined },
    5_000,
    abort.signal,
    {
      opened: () => heard.push('opened'),
      take: chunk => {
        heard.push(String(chunk));
        take(String(chunk));
      },
    },
  );
  return { heard, ended, abort };
}

async function ownCertificate() {
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: 'localhost' }],
    {
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    },
  );
  return { cert, key };
}

describe('a cluster that speaks HTTP/2 as well', () => {
  it('is asked over one connection for each watch, once its certificate is trusted', async () => {
    const { cert, key } = await ownCertificate();
    const versions: string[] = [];
    const ports = new Set<number | undefined>();
    const server = createSecureServer(
      { cert, key, allowHTTP1: true },
      (request, answer) => {
        versions.push(request.httpVersion);
        ports.add(request.socket.remotePort);
        answer.write('{}');
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const clientThat = (trust: { ca?: string }) =>
      new KubernetesClient({
        name: 'gpu-east',
        url: `https://127.0.0.1:${port}`,
        ...trust,
        credential: { read: async () => ({ type: 'bearer', token: 'token' }) },
      });
    const { signal } = new AbortController();
    const trusting = clientThat({ ca: cert });
    const doubting = clientThat({});
    closers.push(async () => {
      await trusting.close();
      await doubting.close();
      server.close();
    });
    for (const path of ['/a', '/b']) {
      const first = await new Promise<Buffer>((take, reject) => {
        trusting
          .watch(path, {}, 5_000, signal, { opened: () => undefined, take })
          .catch(reject);
      });
      expect(String(first)).toBe('{}');
    }
    expect(versions).toEqual(['1.1', '1.1']);
    expect(ports.size).toBe(2);
    await expect(
      doubting.watch('/c', {}, 5_000, signal, {
        opened: () => undefined,
        take: () => undefined,
      }),
    ).rejects.toMatchObject({
      kind: 'Network',
      message: expect.stringContaining('certificate'),
    });
  });
});

describe('a long answer of a cluster', () => {
  it('is left to the network while its reader pauses, however long', async () => {
    let response: ServerResponse | undefined;
    const chunks = await answerOf((_request, answer) => {
      response = answer;
      answer.end(BODY);
    });
    const iterator = chunks[Symbol.asyncIterator]();
    let bytes = 0;
    bytes += (await iterator.next()).value.length;
    await delay(PAUSE_MS);
    expect(response?.writableFinished).toBe(false);
    let { value, done } = await iterator.next();
    while (!done) {
      bytes += value.length;
      ({ value, done } = await iterator.next());
    }
    expect(bytes).toBe(BODY.length);
  });

  it('fails where the cluster falls silent within it', async () => {
    const chunks = await answerOf((_request, answer) => {
      answer.write('{"kind":"PodList",');
    });
    const read = async () => {
      for await (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(read()).rejects.toMatchObject({ kind: 'Network' });
  });
});

describe('a watch', () => {
  it('says that it is open before anything has come, then what comes, and ends with the answer', async () => {
    let asked: string | undefined;
    const { heard, ended, abort } = await watchOf(async (request, answer) => {
      asked = request.url;
      answer.flushHeaders();
      await delay(100);
      answer.write('one');
      await delay(100);
      answer.end('two');
    });
    await ended;
    expect(asked).toBe('/api/v1/pods?watch=true&resourceVersion=7');
    expect(heard).toEqual(['opened', 'one', 'two']);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('ends with what its reader throws, and lets the connection go', async () => {
    let connection: Promise<unknown> | undefined;
    const { heard, ended, abort } = await watchOf(
      (request, answer) => {
        connection = once(request.socket, 'close');
        answer.write('one');
      },
      () => {
        throw new KubernetesError('Expired', 'too old');
      },
    );
    await expect(ended).rejects.toMatchObject({ kind: 'Expired' });
    await connection;
    expect(heard).toEqual(['opened', 'one']);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('ends at once where it is given up, however far it has come', async () => {
    const reason = new Error('no longer wanted');
    const silent = await watchOf(() => undefined);
    silent.abort.abort(reason);
    await expect(silent.ended).rejects.toBe(reason);

    let connection: Promise<unknown> | undefined;
    const asked = await watchOf(request => {
      connection = once(request.socket, 'close');
    });
    while (!connection) await delay(10);
    asked.abort.abort(reason);
    await expect(asked.ended).rejects.toBe(reason);
    await connection;

    connection = undefined;
    const open = await watchOf((request, answer) => {
      connection = once(request.socket, 'close');
      answer.flushHeaders();
    });
    while (open.heard.length === 0) await delay(10);
    open.abort.abort(reason);
    await expect(open.ended).rejects.toBe(reason);
    await connection;
    expect(open.heard).toEqual(['opened']);
  });

  it('is not asked for where it was given up while the connection was being made', async () => {
    const { cert, key } = await ownCertificate();
    const asked: Array<string | undefined> = [];
    const server = createHttpsServer({ cert, key }, (request, answer) => {
      asked.push(request.url);
      answer.end('{}');
    });
    // Accepts every connection, and lets those wait for a handshake that come while it is closed.
    const waiting: Socket[] = [];
    let isOpen = false;
    const door = createTcpServer({ pauseOnConnect: true }, socket => {
      if (isOpen) server.emit('connection', socket);
      else waiting.push(socket);
    }).listen(0, '127.0.0.1');
    await once(door, 'listening');
    const { port } = door.address() as AddressInfo;
    const client = new KubernetesClient({
      name: 'gpu-east',
      url: `https://127.0.0.1:${port}`,
      ca: cert,
      credential: { read: async () => ({ type: 'bearer', token: 'token' }) },
    });
    closers.push(async () => {
      await client.close();
      door.close();
    });
    const abort = new AbortController();
    const ended = client.watch('/watch', {}, 5_000, abort.signal, {
      opened: () => undefined,
      take: () => undefined,
    });
    while (waiting.length === 0) await delay(10);
    const reason = new Error('no longer wanted');
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
    isOpen = true;
    server.emit('connection', waiting[0]);
    // The client may let the connection go before this side has seen the end of the handshake.
    await Promise.race([
      once(server, 'secureConnection'),
      once(server, 'tlsClientError'),
    ]);
    const { signal } = new AbortController();
    await expect(client.getText('/next', {}, signal)).resolves.toBe('{}');
    expect(asked).toEqual(['/next']);
  });

  it('is heard in the context in which it was opened, whoever opened the connection', async () => {
    const context = new AsyncLocalStorage<string>();
    const ports = new Set<number | undefined>();
    let respond = () => {};
    const client = await clientOf((request, answer) => {
      ports.add(request.socket.remotePort);
      if (request.url === '/pods') {
        answer.end('{}');
        return;
      }
      answer.flushHeaders();
      respond = () => answer.end('one');
    });
    const { signal } = new AbortController();
    await context.run(
      "a user's request",
      async () => await client.getText('/pods', {}, signal),
    );
    // The connection becomes free a moment after its answer has come.
    await delay(100);
    const heard: Array<string | undefined> = [];
    const ended = context.run('the watch', async () => {
      await client.watch('/watch', {}, 5_000, signal, {
        opened: () => heard.push(context.getStore()),
        take: () => heard.push(context.getStore()),
      });
    });
    while (heard.length === 0) await delay(10);
    respond();
    await ended;
    expect(heard).toEqual(['the watch', 'the watch']);
    expect(ports.size).toBe(1);
  });

  it('tells what a refusal says', async () => {
    const { heard, ended } = await watchOf(async (_request, answer) => {
      const status = Buffer.from('{"kind":"Status","message":"früher"}');
      const withinLetter = status.indexOf('ü') + 1;
      answer.writeHead(429, { 'retry-after': '3' });
      answer.write(status.subarray(0, withinLetter));
      await delay(100);
      answer.end(status.subarray(withinLetter));
    });
    await expect(ended).rejects.toMatchObject({
      kind: 'TooManyRequests',
      message: 'GET /api/v1/pods: 429 früher',
      retryAfterMs: 3_000,
    });
    expect(heard).toEqual([]);
  });

  it.each<[string, RequestListener]>([
    [
      'is cut off',
      (_request, answer) => {
        answer.writeHead(502, { 'content-length': '1000' });
        answer.write('Bad gateway', () => answer.destroy());
      },
    ],
    [
      'never ends',
      (_request, answer) => {
        answer.writeHead(502);
        const more = () => {
          if (!answer.destroyed)
            answer.write('Bad gateway. '.repeat(500), more);
        };
        more();
      },
    ],
  ])('tells the beginning of a refusal that %s', async (_, answer) => {
    const { ended } = await watchOf(answer);
    await expect(ended).rejects.toMatchObject({
      kind: 'ServerError',
      message: expect.stringMatching(/^GET \/api\/v1\/pods: 502 Bad gateway/),
    });
  });

  it('fails where the connection breaks', async () => {
    const { heard, ended } = await watchOf((_request, answer) => {
      answer.write('one', () => answer.destroy());
    });
    await expect(ended).rejects.toMatchObject({ kind: 'Network' });
    expect(heard).toEqual(['opened', 'one']);
  });
});
