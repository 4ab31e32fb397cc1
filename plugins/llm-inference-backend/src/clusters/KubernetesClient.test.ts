import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { KubernetesClient } from './KubernetesClient';

const ANSWER_MS = 300;

/** The client looks at its clock about twice a second: silence of a second is noticed for sure. */
const PAUSE_MS = 2_500;
const BODY = 'x'.repeat(64 * 1024 * 1024);

const closers: Array<() => Promise<void>> = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The answer of a cluster to a client that waits for about a second. */
async function answerOf(answer: RequestListener) {
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
  return await client.getChunks(
    '/api/v1/pods',
    {},
    new AbortController().signal,
  );
}

describe('a cluster that speaks HTTP/2 as well', () => {
  it('is asked over one connection for each watch, once its certificate is trusted', async () => {
    const { cert, private: key } = await generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        extensions: [
          { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
        ],
      },
    );
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
      const stream = await trusting.openStream(path, {}, 5_000, signal);
      const first = await stream[Symbol.asyncIterator]().next();
      expect(String(first.value)).toBe('{}');
    }
    expect(versions).toEqual(['1.1', '1.1']);
    expect(ports.size).toBe(2);
    await expect(
      doubting.openStream('/c', {}, 5_000, signal),
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
