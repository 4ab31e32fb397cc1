import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FramePacker } from 'backstage-plugin-llm-inference-common';
import type { ScrapeTarget } from 'backstage-plugin-llm-inference-common';
import { liveToken } from '../clusters/credentials';
import { KubernetesClient } from '../clusters/KubernetesClient';
import { systemClock } from '../watch/Clock';
import { PodProxySource } from './PodProxySource';

const MIB = 1024 * 1024;
const PAGE = 'vllm:num_requests_running{engine="0"} 3.0\n';

const target = (
  pod: string,
  more: Partial<ScrapeTarget> = {},
): ScrapeTarget => ({
  pod,
  part: 'decode',
  port: 8001,
  scheme: 'http',
  ...more,
});

describe('the pod proxy of an API server', () => {
  let server: Server;
  let client: KubernetesClient;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let paths: string[];
  let now: number;

  beforeEach(async () => {
    paths = [];
    now = Date.parse('2026-11-22T10:00:00Z');
    server = createServer((request, response) => {
      paths.push(request.url!);
      answer(request, response);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    client = new KubernetesClient({
      name: 'gpu-east',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credential: liveToken(() => 'let-me-in'),
    });
  });

  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const source = (concurrency = 8) =>
    new PodProxySource({
      client: () => client,
      clock: { ...systemClock, now: () => now },
      concurrency,
      packer: new FramePacker(),
    });
  const signal = () => new AbortController().signal;

  it('is asked at the pod’s own port and scheme', async () => {
    answer = (_, response) => response.end(PAGE);
    const readings = await source().read(
      'llm',
      [
        target('qwen-0'),
        target('qwen-1', { scheme: 'https', port: 8000 }),
        target('qwen-s', { part: 'scheduler', port: 9090 }),
      ],
      signal(),
    );
    expect(paths.sort()).toEqual([
      '/api/v1/namespaces/llm/pods/https:qwen-1:8000/proxy/metrics',
      '/api/v1/namespaces/llm/pods/qwen-0:8001/proxy/metrics',
      '/api/v1/namespaces/llm/pods/qwen-s:9090/proxy/metrics',
    ]);
    expect(readings).toMatchObject([
      { frame: { at: now, values: [3] } },
      { frame: { values: [3] } },
      { frame: { values: [3] } },
    ]);
  });

  it('reads no more pods at a time than it may, of however many services', async () => {
    let open = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    answer = (_, response) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(() => {
        open -= 1;
        response.end(PAGE);
      });
      // Answered once no other can come: the third is here, or the last.
      if (waiting.length === 3 || paths.length === 20) {
        waiting.splice(0).forEach(end => end());
      }
    };
    const proxy = source(3);
    const services = ['a', 'b'].map(name =>
      proxy.read(
        'llm',
        Array.from({ length: 10 }, (_, index) => target(`${name}-${index}`)),
        signal(),
      ),
    );
    const readings = (await Promise.all(services)).flat();
    expect(readings).toHaveLength(20);
    expect(readings.every(reading => 'frame' in reading)).toBe(true);
    expect(most).toBe(3);
  });

  it('stops reading a page that is too large, whatever size it claims', async () => {
    let sent = 0;
    answer = (_, response) => {
      const chunk = `# ${'x'.repeat(MIB - 3)}\n`;
      const push = () => {
        while (sent < 64 && !response.destroyed) {
          sent += 1;
          if (!response.write(chunk)) {
            response.once('drain', push);
            return;
          }
        }
        response.end();
      };
      push();
    };
    const [reading] = await source().read('llm', [target('qwen-0')], signal());
    expect(reading).toMatchObject({ problem: 'Unreadable' });
    expect('message' in reading && reading.message).toContain('more than');
    expect(sent).toBeLessThan(64);
  });

  it('believes a scheduler’s 401 for a while: unmeasured, and not asked again at once', async () => {
    answer = (_, response) => {
      response.writeHead(401);
      response.end('Unauthorized');
    };
    const proxy = source();
    const scheduler = target('qwen-s', { part: 'scheduler', port: 9090 });
    for (let round = 0; round < 3; round++) {
      now += 30_000;
      expect(await proxy.read('llm', [scheduler], signal())).toMatchObject([
        { problem: 'Unmeasured', message: expect.stringContaining('token') },
      ]);
    }
    expect(paths).toHaveLength(1);
    // A clock that was set back does not lengthen that.
    now -= 7 * 3_600_000;
    await proxy.read('llm', [scheduler], signal());
    expect(paths).toHaveLength(2);
    // Whoever opens it need not wait for ever.
    now += 300_000;
    answer = (_, response) => response.end(PAGE);
    expect(await proxy.read('llm', [scheduler], signal())).toMatchObject([
      { frame: { values: [3] } },
    ]);
  });

  it.each<[number, string, 'decode' | 'scheduler', string]>([
    [403, '{"kind":"Status","message":"no pods/proxy"}', 'decode', 'Forbidden'],
    [403, '{"kind":"Status"}', 'scheduler', 'Forbidden'],
    [401, 'Unauthorized', 'decode', 'Unreachable'],
    [503, 'no endpoints', 'decode', 'Unreachable'],
    [200, 'vllm:num_requests_running{engine=0} 3', 'decode', 'Unreadable'],
  ])(
    'leaves a pod that answers %i %s to the %s %s, and the others measured',
    async (status, body, part, problem) => {
      answer = ({ url }, response) => {
        const isOdd = url!.includes('odd');
        response.writeHead(isOdd ? status : 200);
        response.end(isOdd ? body : PAGE);
      };
      const readings = await source().read(
        'llm',
        [target('qwen-0'), target('odd', { part })],
        signal(),
      );
      expect(readings).toMatchObject([{ frame: { values: [3] } }, { problem }]);
      expect(JSON.stringify(readings)).not.toContain('let-me-in');
    },
  );
});
