import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FramePacker } from 'backstage-plugin-llm-inference-common';
import type { ScrapeTarget } from 'backstage-plugin-llm-inference-common';
import { metricsSchema } from './MetricsConfig';
import type { PrometheusConfig } from './MetricsConfig';
import { PrometheusSource } from './PrometheusSource';

const TARGETS: ScrapeTarget[] = [
  { pod: 'qwen-0', part: 'decode', port: 8001, scheme: 'http' },
  { pod: 'qwen-1', part: 'prefill', port: 8000, scheme: 'http' },
];

describe('a Prometheus', () => {
  let server: Server;
  let answer: { status: number; body: string };
  let asked: { headers: IncomingHttpHeaders; query: string }[];
  let source: PrometheusSource;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        asked.push({
          headers: request.headers,
          query: new URLSearchParams(body).get('query') ?? '',
        });
        response.writeHead(answer.status);
        response.end(answer.body);
      });
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = server.address() as AddressInfo;
    const { sources } = metricsSchema.parse({
      sources: [
        {
          type: 'prometheus',
          baseUrl: `http://127.0.0.1:${port}/prom/`,
          auth: { type: 'bearer', token: 'let-me-in' },
          tenant: { value: 'gpu' },
          clusterLabel: { name: 'cluster', value: 'gpu-east' },
        },
      ],
    });
    source = new PrometheusSource(
      sources[0] as PrometheusConfig,
      new FramePacker(),
    );
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const read = () => source.read('llm', TARGETS, new AbortController().signal);

  it('is asked for these pods of this namespace, and its newest scrape is read with its own time', async () => {
    const series = (name: string, values: [number, string][]) => ({
      metric: { __name__: name, pod: 'qwen-0', engine: '0' },
      values,
    });
    answer = {
      status: 200,
      body: JSON.stringify({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            series('vllm:request_success_total', [
              [1794588270, '5'],
              [1794588300, '7'],
            ]),
            series('vllm:num_requests_running', [[1794588270, '3']]),
          ],
        },
      }),
    };
    const [decode, prefill] = await read();
    expect(decode).toMatchObject({
      target: TARGETS[0],
      frame: {
        at: 1794588300_000,
        layout: {
          series: [{ name: 'vllm:request_success', labels: { engine: '0' } }],
        },
        values: [7],
      },
    });
    expect(prefill).toMatchObject({ problem: 'Unmeasured' });
    expect(asked[0].query).toContain(
      ',namespace="llm",pod=~"qwen-0|qwen-1",cluster="gpu-east"}[2m]',
    );
    expect(asked[0].headers).toMatchObject({
      authorization: 'Bearer let-me-in',
      'x-scope-orgid': 'gpu',
    });
  });

  it.each([
    [401, '', 'Forbidden'],
    [502, '', 'Unreachable'],
    [200, '<html>', 'Unreadable'],
    [200, '{"status":"success","data":{"resultType":"scalar"}}', 'Unreadable'],
  ])(
    'that answers %i %s leaves every pod %s',
    async (status, body, problem) => {
      answer = { status, body };
      const readings = await read();
      expect(readings).toMatchObject([{ problem }, { problem }]);
      expect(JSON.stringify(readings)).not.toContain('let-me-in');
    },
  );
});
