import { findRdmaIntent } from '../../resource/engineIntent';
import {
  findUcxTransportsProblem,
  parseUcxTransports,
  type UcxTransports,
  type UcxTransportsProblem,
} from '../../resource/ucxTransports';
import { asList } from '../../resource/unknown';
import type { FindingLevel } from '../Finding';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import { backendsOf, gpuVendor, requestsEfa } from '../service/fabric';
import type { Pool } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

const TLS = 'UCX_TLS';
const DEVICES = 'UCX_NET_DEVICES';

const RECOMMENDED = {
  amd: 'rc,sm,self,rocm_copy,rocm_ipc',
  nvidia: 'rc,sm,self,cuda_copy,cuda_ipc',
} as const;

/** RDMA adapters as UCX names them. */
const RDMA_DEVICE =
  /^(?:mlx[45]|bnxt_re|irdma|qedr|hns|ionic|rocep|ibp|rdma|efa)\w*/i;

/** Network interfaces of Linux, which UCX reaches over TCP. */
const ETHERNET = /^(?:eth|en[opsxP]|eno|ens|bond|net|team|br)\w*$/;

/** Whether a pool asks for RDMA in any way. */
function wantsRdma(pool: Pool, main: Container): boolean {
  return (
    main.rdmaDevices.length > 0 ||
    findRdmaIntent(main.environment, pool.networks?.value) !== undefined
  );
}

/** Engines whose blocks move over UCX. */
function* ucxEngines(
  service: ServiceManifest,
): Generator<{ pool: Pool; main: Container }> {
  for (const pool of service.prefill ? service.pools : []) {
    for (const main of pool.mains) {
      const overUcx = main.usesNixl && backendsOf(main).includes('UCX');
      if (overUcx && !requestsEfa(main)) yield { pool, main };
    }
  }
}

/** Levels of the faults that health finds, too; EFA has a rule of its own. */
const PROBLEM_LEVELS: Readonly<
  Record<UcxTransportsProblem['kind'], FindingLevel | undefined>
> = {
  NoNetwork: 'error',
  NoRdma: 'error',
  NoGpuTransport: 'error',
  TcpFallback: 'warning',
  MissesAuxiliary: 'warning',
  EfaNeedsLibfabric: undefined,
};

/** Whether the fault that a list has matters for this engine. */
function matters(
  { kind }: UcxTransportsProblem,
  main: Container,
  rdma: boolean,
): boolean {
  if (kind === 'NoNetwork') return true;
  if (kind === 'NoGpuTransport') return main.gpus > 0 && !stagesInHost(main);
  return rdma;
}

/** Staged in host memory, blocks never leave the GPU over UCX. */
function stagesInHost(main: Container): boolean {
  return main.connector?.config.fields.kv_buffer_device === 'cpu';
}

/** Whether a list has transports for GPU memory, but those of the other vendor. */
function servesOtherVendor(
  main: Container,
  { names, denylist, gpu }: UcxTransports,
): boolean {
  const vendor = gpuVendor(main);
  // Transports of NVIDIA on GPUs of AMD are a finding of their own.
  if (vendor !== 'nvidia' || denylist || !gpu || stagesInHost(main)) {
    return false;
  }
  return !names.some(name => /^(?:all|cuda|cuda_copy)$/.test(name));
}

function* listFindings(
  pool: Pool,
  main: Container,
  parsed: UcxTransports,
): Generator<Violation> {
  const value = main.env(TLS)?.value;
  const { names, denylist } = parsed;
  const path = main.envPath(TLS);
  const recommended = RECOMMENDED[gpuVendor(main) ?? 'nvidia'];
  const fix = `Write ${recommended}.`;
  const words = { pool: pool.role, list: String(value), recommended };
  const rdma = wantsRdma(pool, main);
  const found = findUcxTransportsProblem(value, false);
  const level = found && PROBLEM_LEVELS[found.kind];
  if (found && level && matters(found, main, rdma)) {
    yield {
      level,
      path,
      words: { code: found.kind, ...words },
      message: `${pool.title}: ${found.problem}.`,
      fix,
    };
  }
  if (servesOtherVendor(main, parsed)) {
    yield {
      path,
      words: { code: 'otherVendor', ...words },
      message: `${pool.title}: ${TLS}=${value} has no transport for the memory of NVIDIA's GPUs.`,
      fix,
    };
  }
  if (!rdma || !parsed.rdma) return;
  if (parsed.tcp && found?.kind !== 'TcpFallback') {
    yield {
      level: 'warning',
      path,
      words: { code: 'allowsTcp', ...words },
      message: `${pool.title}: ${TLS}=${value} allows TCP, so a broken fabric falls back to it in silence.`,
      fix,
    };
  }
  const lacks = ['self', 'sm'].filter(name => !names.includes(name));
  if (!denylist && !names.includes('all') && lacks.length > 0) {
    yield {
      level: 'info',
      path,
      words: { code: 'lacks', ...words, lacks: lacks.join(', ') },
      message: `${pool.title}: ${TLS}=${value} lacks ${lacks.join(
        ' and ',
      )}, for transfers inside a pod and a node.`,
      fix,
    };
  }
}

function* transports(service: ServiceManifest): Generator<Violation> {
  for (const { pool, main } of ucxEngines(service)) {
    const variable = main.env(TLS);
    const parsed = parseUcxTransports(variable?.value);
    if (parsed) {
      yield* listFindings(pool, main, parsed);
      continue;
    }
    const mayBeSet =
      !service.complete ||
      asList(main.fields.envFrom).length > 0 ||
      (variable !== undefined && variable.value === undefined);
    if (mayBeSet || !wantsRdma(pool, main)) continue;
    yield {
      level: 'warning',
      path: main.envPath(TLS),
      words: {
        code: 'unset',
        pool: pool.role,
        recommended: RECOMMENDED[gpuVendor(main) ?? 'nvidia'],
      },
      message: `${pool.title} does not set ${TLS}: where RDMA does not work, transfers fall back to TCP in silence.`,
      fix: `Set it to ${RECOMMENDED[gpuVendor(main) ?? 'nvidia']}.`,
    };
  }
}

function* netDevices(service: ServiceManifest): Generator<Violation> {
  for (const pool of service.pools) {
    for (const main of pool.mains) {
      const value = main.env(DEVICES)?.value?.trim();
      if (!value || value === 'all') continue;
      const path = main.envPath(DEVICES);
      const names = value.split(',').map(name => name.trim());
      const ethernet = names.find(name => ETHERNET.test(name.split(':')[0]));
      if (ethernet && wantsRdma(pool, main)) {
        yield {
          level: 'error',
          path,
          words: { code: 'ethernet', device: ethernet },
          message: `${DEVICES} names ${ethernet}, an Ethernet interface: that forces TCP.`,
          fix: 'Remove it, or name the adapter with its port, for example mlx5_0:1.',
        };
      }
      const bare = names.find(
        name => RDMA_DEVICE.test(name) && !/:\d+$/.test(name),
      );
      if (bare) {
        yield {
          path,
          words: { code: 'port', device: bare },
          message: `${DEVICES} names ${bare} without a port.`,
          fix: `Write ${bare}:1 (NCCL_IB_HCA is the one without).`,
        };
      }
      if (main.env('KSERVE_INFER_ROCE')?.value === 'true') {
        yield {
          level: 'info',
          path,
          words: { code: 'inferRoce' },
          message: `${DEVICES} wins over the list that KSERVE_INFER_ROCE finds.`,
          fix: 'Remove one of the two, unless that is meant.',
        };
      }
    }
  }
}

/** Variables of UCX, the library that moves KV blocks. */
export const UCX_RULES: readonly Rule[] = [
  { id: 'ucx-transports-misconfigured', level: 'error', check: transports },
  {
    id: 'ucx-amd-mixed',
    level: 'error',
    *check(service) {
      for (const main of service.pools.flatMap(({ mains }) => mains)) {
        const parsed = parseUcxTransports(main.env(TLS)?.value);
        if (gpuVendor(main) !== 'amd' || !parsed || parsed.denylist) continue;
        const cuda = parsed.names.filter(name => name.startsWith('cuda'));
        if (cuda.length === 0) continue;
        yield {
          path: main.envPath(TLS),
          words: { transports: cuda.join(', '), recommended: RECOMMENDED.amd },
          message: `${TLS} names ${cuda.join(', ')}, but the GPUs are AMD's.`,
          fix: `Write ${RECOMMENDED.amd}.`,
        };
      }
    },
  },
  { id: 'ucx-net-devices', level: 'warning', check: netDevices },
];
