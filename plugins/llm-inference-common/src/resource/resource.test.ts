import { findArgument, readEngineArguments } from './engineArguments';
import {
  findParallelismProblem,
  findRdmaIntent,
  tensorParallelism,
} from './engineIntent';
import { readEnvironment, readSideChannelHost } from './environment';
import {
  parseNetworksAnnotation,
  readAttachedNetworks,
} from './networkAttachments';
import { findProbeProblems, startupBudgetSeconds } from './probes';
import { parseQuantity } from './quantity';
import { readSchedulerProfile } from './schedulerConfig';
import { splitShellWords } from './shellWords';
import { findUcxTransportsProblem, parseUcxTransports } from './ucxTransports';

describe('parseQuantity', () => {
  it.each([
    ['64Gi', 64 * 2 ** 30],
    ['500m', 0.5],
    ['1e3', 1000],
    ['2', 2],
    [8, 8],
    ['1.5G', 1.5e9],
    ['12E', 12e18],
    ['many', undefined],
    ['', undefined],
    [null, undefined],
    [Number.NaN, undefined],
  ])('reads %p as %p', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected);
  });
});

describe('splitShellWords', () => {
  it('removes quotes as a shell does', () => {
    expect(
      splitShellWords(`a 'b c' "d \\"e\\"" f\\ g`).map(({ text }) => text),
    ).toEqual(['a', 'b c', 'd "e"', 'f g']);
  });

  it('reports a quote that is never closed', () => {
    expect(splitShellWords(`--x 'open`)[1]).toMatchObject({
      text: 'open',
      closed: false,
    });
  });
});

describe('readEngineArguments', () => {
  it('spells short forms out and lets the last one win', () => {
    const list = readEngineArguments({
      env: [{ name: 'VLLM_ADDITIONAL_ARGS', value: '-tp 2 --max_model_len=8' }],
      args: ['--tensor-parallel-size', '4', 7],
    });
    expect(findArgument(list, '--tensor-parallel-size')?.value).toBe('4');
    expect(findArgument(list, '--max-model-len')?.value).toBe('8');
    expect(tensorParallelism(undefined, list)).toBe(4);
    expect(tensorParallelism({ tensor: 8 }, list)).toBe(8);
  });
});

describe('readSideChannelHost', () => {
  const host = (...env: unknown[]) =>
    readSideChannelHost(readEnvironment({ env })).state;
  const podIp = { valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
  const name = 'VLLM_NIXL_SIDE_CHANNEL_HOST';

  it('wants the pod IP', () => {
    expect(host({ name, ...podIp })).toBe('PodIp');
    expect(
      host({ name: 'POD_IP', ...podIp }, { name, value: '$(POD_IP)' }),
    ).toBe('PodIp');
    expect(host({ name: 'POD_IP', ...podIp })).toBe('Unset');
    expect(host({ name, value: '0.0.0.0' })).toBe('Literal');
    expect(
      host({ name, valueFrom: { configMapKeyRef: { name: 'x', key: 'y' } } }),
    ).toBe('Other');
  });
});

describe('UCX_TLS', () => {
  it.each([
    ['rc,sm,self,cuda_copy,cuda_ipc', undefined],
    ['rc_x,ud,self,sm,cuda', undefined],
    ['all', undefined],
    [undefined, undefined],
    ['^tcp', undefined],
    ['sm,self,cuda_copy', 'NoNetwork'],
    ['tcp,sm,self,cuda_copy', 'NoRdma'],
    ['^ib', 'NoRdma'],
    ['rc,sm,self', 'NoGpuTransport'],
    ['rc,tcp,sm,self,cuda_copy', 'TcpFallback'],
    ['rc_mlx5,sm,self,cuda_copy', 'MissesAuxiliary'],
  ])('%s has problem %s', (value, kind) => {
    expect(findUcxTransportsProblem(value, false)?.kind).toBe(kind);
  });

  it('cannot be used with EFA', () => {
    expect(findUcxTransportsProblem('rc,cuda_copy', true)?.kind).toBe(
      'EfaNeedsLibfabric',
    );
    expect(findUcxTransportsProblem(undefined, true)).toBeUndefined();
  });

  it('tells whether TCP remains', () => {
    expect(parseUcxTransports('rc,cuda_copy')?.tcp).toBe(false);
    expect(parseUcxTransports('^rc,dc')?.tcp).toBe(true);
  });
});

describe('networks annotation', () => {
  it.each([
    ['roce-p2', ['roce-p2']],
    ['llm/roce-p2@net1, b', ['roce-p2', 'b']],
    ['[{"name":"a","namespace":"x"}]', ['a']],
    ['Not A Name', undefined],
    ['[{"interface":"a"}]', undefined],
    ['[', undefined],
  ])('%s names %j', (value, expected) => {
    expect(parseNetworksAnnotation(value)?.map(({ name }) => name)).toEqual(
      expected,
    );
  });

  it('reads what is attached, under the old key too', () => {
    const value = JSON.stringify([
      { name: 'ovn', default: true },
      {
        name: 'llm/roce',
        'device-info': { pci: { 'rdma-device': 'mlx5_4' } },
      },
    ]);
    expect(
      readAttachedNetworks({ 'k8s.v1.cni.cncf.io/networks-status': value }),
    ).toMatchObject([{ isDefault: true }, { rdmaDevice: 'mlx5_4' }]);
    expect(readAttachedNetworks({})).toBeUndefined();
  });
});

describe('probes', () => {
  const probe = (port: number, scheme?: string) => ({
    httpGet: { path: '/health', port, scheme },
    failureThreshold: 60,
    periodSeconds: 10,
    initialDelaySeconds: 5,
  });

  it('knows the startup budget', () => {
    expect(startupBudgetSeconds({ startupProbe: probe(8001) })).toBe(605);
    expect(startupBudgetSeconds({})).toBeUndefined();
  });

  it('finds the probe of the upstream sample', () => {
    const container = { livenessProbe: probe(8000, 'HTTPS') };
    expect(
      findProbeProblems(container, 'decode', false).map(p => p.field),
    ).toEqual(['port', 'scheme']);
    expect(
      findProbeProblems(container, 'prefill', undefined).map(p => p.field),
    ).toEqual([]);
  });
});

describe('intent', () => {
  const environment = (name: string, value: string) =>
    readEnvironment({ env: [{ name, value }] });

  it('sees that RDMA is meant', () => {
    expect(
      findRdmaIntent(environment('KSERVE_INFER_ROCE', 'true'), undefined)?.sign,
    ).toBe('KSERVE_INFER_ROCE=true');
    expect(
      findRdmaIntent(environment('UCX_TLS', 'rc,cuda_copy'), undefined)?.sign,
    ).toBe('UCX_TLS=rc,cuda_copy');
    expect(
      findRdmaIntent(environment('UCX_TLS', 'rc,tcp,cuda_copy'), undefined),
    ).toBeUndefined();
  });

  it.each([
    [4, 4, undefined],
    [4, 2, undefined],
    [2, 4, /more than decode/],
    [6, 4, /not a multiple/],
  ])('judges decode %d with prefill %d', (decode, prefill, problem) => {
    const found = findParallelismProblem(decode, prefill);
    expect(found ?? '').toMatch(problem ?? /^$/);
  });

  it('wants a prefill profile and its handler', () => {
    const config = {
      plugins: [
        { type: 'disagg-profile-handler' },
        { type: 'always-disagg-pd-decider' },
      ],
      schedulingProfiles: [{ name: 'prefill' }, { name: 'decode' }],
    };
    expect(readSchedulerProfile(config)).toEqual({
      disaggregated: true,
      decider: 'always-disagg-pd-decider',
    });
    expect(
      readSchedulerProfile({
        plugins: [{ type: 'single-profile-handler' }],
        schedulingProfiles: [{ name: 'default' }],
      }).disaggregated,
    ).toBe(false);
  });
});
