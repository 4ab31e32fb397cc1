import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FramePacker } from 'backstage-plugin-llm-inference-common';
import type { ScrapeTarget } from 'backstage-plugin-llm-inference-common';
import { metricsSchema, sourceOf } from './MetricsConfig';
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

  it('is asked with names as literals, whatever they hold', async () => {
    answer = {
      status: 200,
      body: '{"status":"success","data":{"resultType":"matrix","result":[]}}',
    };
    await source.read(
      'llm"} or up{x="',
      [{ ...TARGETS[0], pod: 'a.b|.*"}\\\n' }],
      new AbortController().signal,
    );
    expect(asked[0].query).toContain(
      ',namespace="llm\\"} or up{x=\\"",pod=~"a\\\\.b\\\\|\\\\.\\\\*\\"\\\\}\\\\\\\\\\n"',
    );
  });

  it('that scrapes a pod twice counts it once', async () => {
    const series = (instance: string, name: string, value: string) => ({
      metric: { __name__: name, pod: 'qwen-0', engine: '0', instance },
      values: [[1794588300, value]],
    });
    answer = {
      status: 200,
      body: JSON.stringify({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            series('10.0.0.1:15020', 'process_start_time_seconds', '1'),
            series('10.0.0.1:8000', 'vllm:num_requests_running', '3'),
            series('10.0.0.1:8001', 'vllm:num_requests_running', '3'),
          ],
        },
      }),
    };
    const [decode] = await read();
    expect(decode).toMatchObject({ frame: { values: [3] } });
  });
});

describe('the configuration of metrics', () => {
  const prometheus = { type: 'prometheus', baseUrl: 'https://prometheus' };

  it.each([
    ['another type', { type: 'statsd' }],
    ['no URL', { type: 'prometheus' }],
    ['a file', { ...prometheus, baseUrl: 'file:///etc/passwd' }],
    ['a label with more', { ...prometheus, labels: { pod: 'pod"} or up{' } }],
    [
      'a label of the cluster with more',
      { ...prometheus, clusterLabel: { name: 'a=b', value: 'x' } },
    ],
    [
      'a header with a line end',
      { ...prometheus, tenant: { value: 'a\r\nx: y' } },
    ],
    [
      'the name of a header with a colon',
      { ...prometheus, tenant: { header: 'a: b', value: 'c' } },
    ],
    ['half an account', { ...prometheus, auth: { type: 'basic' } }],
    ['a setting that is none', { ...prometheus, token: 'let-me-in' }],
    ['no slot at all', { type: 'podProxy', concurrency: 0 }],
    ['more slots than a cluster takes', { type: 'podProxy', concurrency: 101 }],
  ])('refuses %s', (_what, settings) => {
    expect(metricsSchema.safeParse({ sources: [settings] }).success).toBe(
      false,
    );
  });

  it('chooses the source by cluster, the first that names it or that names none', () => {
    const config = metricsSchema.parse({
      sources: [
        { ...prometheus, clusters: ['gpu-east'] },
        { type: 'podProxy', clusters: ['gpu-west'] },
      ],
    });
    expect(sourceOf(config, 'gpu-east')?.type).toBe('prometheus');
    expect(sourceOf(config, 'gpu-west')?.type).toBe('podProxy');
    expect(sourceOf(config, 'gpu-north')).toBeUndefined();
  });
});
