import { findRdmaIntent } from '../../resource/engineIntent';
import { parseUcxTransports } from '../../resource/ucxTransports';
import { asList } from '../../resource/unknown';
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

/** Names of transports for GPU memory, by vendor; the alias stands for all of them. */
const GPU_TRANSPORTS = {
  amd: /^rocm(?:_copy)?$/,
  nvidia: /^cuda(?:_copy)?$/,
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

function* transports(service: ServiceManifest): Generator<Violation> {
  for (const { pool, main } of ucxEngines(service)) {
    const vendor = gpuVendor(main);
    const fix = `Write ${RECOMMENDED[vendor ?? 'nvidia']}.`;
    const path = main.envPath(TLS);
    const variable = main.env(TLS);
    const parsed = parseUcxTransports(variable?.value);
    const rdma = wantsRdma(pool, main);
    if (!parsed) {
      const mayBeSet =
        !service.complete ||
        asList(main.fields.envFrom).length > 0 ||
        (variable !== undefined && variable.value === undefined);
      if (!rdma || mayBeSet) continue;
      yield {
        level: 'warning',
        path,
        message: `${pool.title} does not set ${TLS}: where RDMA does not work, transfers fall back to TCP in silence.`,
        fix: `Set it to ${RECOMMENDED[vendor ?? 'nvidia']}.`,
      };
      continue;
    }
    const { names, denylist } = parsed;
    const list = `${TLS} of ${pool.title} (${variable?.value})`;
    if (!parsed.rdma && (rdma || !parsed.tcp)) {
      yield {
        path,
        message: parsed.tcp
          ? `${list} has no RDMA transport, so KV blocks travel over TCP.`
          : `${list} has neither an RDMA transport nor tcp: the pools cannot reach each other.`,
        fix,
      };
      continue;
    }
    if (main.gpus > 0 && !reachesGpu(main, parsed, vendor)) {
      yield {
        path,
        message: `${list} has no transport for the memory of GPUs.`,
        fix,
      };
    }
    if (!rdma) continue;
    if (parsed.tcp) {
      yield {
        level: 'warning',
        path,
        message: `${list} allows TCP: where RDMA does not work, transfers fall back to it in silence.`,
        fix,
      };
    }
    if (parsed.missesAuxiliary) {
      yield {
        level: 'warning',
        path,
        message: `${list} names one variant of rc without ud, by which connections are set up.`,
        fix,
      };
    }
    const lacks = ['self', 'sm'].filter(name => !names.includes(name));
    if (!denylist && !names.includes('all') && lacks.length > 0) {
      yield {
        level: 'info',
        path,
        message: `${list} lacks ${lacks.join(
          ' and ',
        )}, for transfers inside a pod and a node.`,
        fix,
      };
    }
  }
}

function reachesGpu(
  main: Container,
  {
    names,
    denylist,
    gpu,
  }: { names: string[]; denylist: boolean; gpu: boolean },
  vendor: 'amd' | 'nvidia' | undefined,
): boolean {
  // Staged in host memory, blocks never leave the GPU over UCX.
  const { kv_buffer_device: buffer } = main.connector?.config.fields ?? {};
  if (buffer === 'cpu' || denylist || !vendor) return gpu || buffer === 'cpu';
  return (
    names.includes('all') ||
    names.some(name => GPU_TRANSPORTS[vendor].test(name)) ||
    // The wrong vendor's transports are a finding of their own.
    (vendor === 'amd' && gpu)
  );
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
          message: `${DEVICES} names ${bare} without a port.`,
          fix: `Write ${bare}:1 (NCCL_IB_HCA is the one without).`,
        };
      }
      if (main.env('KSERVE_INFER_ROCE')?.value === 'true') {
        yield {
          level: 'info',
          path,
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
          message: `${TLS} names ${cuda.join(', ')}, but the GPUs are AMD's.`,
          fix: `Write ${RECOMMENDED.amd}.`,
        };
      }
    },
  },
  { id: 'ucx-net-devices', level: 'warning', check: netDevices },
];
