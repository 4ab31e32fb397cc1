import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { KubernetesClient } from './KubernetesClient';

const ANSWER_MS = 300;
const BODY = 'x'.repeat(64 * 1024 * 1024);

const closers: Array<() => Promise<void>> = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The answer of a cluster to a client that waits for less than a third of a second. */
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

describe('a long answer of a cluster', () => {
  it('is left to the network while its reader pauses, however long', async () => {
    let response: ServerResponse | undefined;
    const chunks = await answerOf((_request, answer) => {
      response = answer;
      answer.end(BODY);
    });
    const iterator = chunks[Symbol.asyncIterator]();
    let bytes = 0;
    for (let pauses = 0; pauses < 2; pauses++) {
      const { value } = await iterator.next();
      bytes += value.length;
      await delay(2 * ANSWER_MS);
      expect(response?.writableFinished).toBe(false);
    }
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
