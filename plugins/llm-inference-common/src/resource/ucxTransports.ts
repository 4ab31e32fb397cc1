/** What a value of `UCX_TLS` allows. @public */
export interface UcxTransports {
  /** Lower-case names as written, without the leading `^`. */
  names: string[];
  /** True for a list with a leading `^`: everything except these. */
  denylist: boolean;
  /** Whether any RDMA transport remains. */
  rdma: boolean;
  /** Whether TCP remains, so that UCX can fall back to it in silence. */
  tcp: boolean;
  /** Whether GPU memory can be reached. */
  gpu: boolean;
  /** True where only `rc_mlx5` or `rc_verbs` is named, which lacks its `ud` auxiliary for the wire-up. */
  missesAuxiliary: boolean;
}

const RDMA = new Set([
  'rc',
  'rc_x',
  'rc_v',
  'rc_mlx5',
  'rc_verbs',
  'dc',
  'dc_x',
  'dc_mlx5',
  'ib',
  'ud',
  'ud_x',
  'ud_v',
  'ud_mlx5',
  'ud_verbs',
  'srd',
]);
const RDMA_FAMILIES = ['rc', 'dc', 'ud'];
const GPU = new Set([
  'cuda',
  'cuda_copy',
  'rocm',
  'rocm_copy',
  'ze',
  'ze_copy',
]);
const WITH_AUXILIARY = new Set(['rc', 'dc', 'ib', 'ud', 'all', 'dc_x']);

/**
 * Reads `UCX_TLS`. Absent for an unset or empty variable, which means: everything that UCX finds.
 *
 * @public
 */
export function parseUcxTransports(
  value: string | undefined,
): UcxTransports | undefined {
  const text = value?.trim().toLowerCase();
  if (!text) {
    return undefined;
  }
  const denylist = text.startsWith('^');
  const names = text
    .slice(denylist ? 1 : 0)
    .split(',')
    .map(name => name.trim().replace(/^\\/, '').replace(/:aux$/, ''))
    .filter(Boolean);
  const has = (name: string) => names.includes(name);
  if (denylist) {
    const withoutIb = has('ib') || RDMA_FAMILIES.every(has);
    return {
      names,
      denylist,
      rdma: !withoutIb,
      tcp: !has('tcp'),
      gpu: !(has('cuda') || has('cuda_copy')),
      missesAuxiliary: false,
    };
  }
  const rdma = has('all') || names.some(name => RDMA.has(name));
  return {
    names,
    denylist,
    rdma,
    tcp: has('tcp') || has('all'),
    gpu: has('all') || names.some(name => GPU.has(name)),
    missesAuxiliary:
      rdma &&
      !names.some(name => WITH_AUXILIARY.has(name) || name.startsWith('ud')) &&
      names.some(name => name === 'rc_mlx5' || name === 'rc_verbs'),
  };
}

/** A fault in a list of UCX transports. @public */
export interface UcxTransportsProblem {
  kind:
    | 'NoNetwork'
    | 'NoRdma'
    | 'NoGpuTransport'
    | 'TcpFallback'
    | 'EfaNeedsLibfabric'
    | 'MissesAuxiliary';
  /** What is wrong, in words, naming the list. */
  problem: string;
}

/**
 * What is wrong with `UCX_TLS` on a container that asks for RDMA. An unset variable is no problem here.
 *
 * @param value - the value of `UCX_TLS`
 * @param efa - whether the RDMA device is AWS EFA, which UCX cannot use
 * @public
 */
export function findUcxTransportsProblem(
  value: string | undefined,
  efa: boolean,
): UcxTransportsProblem | undefined {
  const transports = parseUcxTransports(value);
  if (!transports) {
    return undefined;
  }
  const list = `UCX_TLS=${value}`;
  if (!transports.rdma && !transports.tcp) {
    return {
      kind: 'NoNetwork',
      problem: `${list} has neither an RDMA transport (rc, dc) nor tcp, so pods cannot reach each other`,
    };
  }
  if (efa && transports.rdma) {
    return {
      kind: 'EfaNeedsLibfabric',
      problem: `${list} names RDMA transports of UCX, but EFA works only through the LIBFABRIC backend of NIXL`,
    };
  }
  if (!transports.rdma) {
    return {
      kind: 'NoRdma',
      problem: `${list} has no RDMA transport (rc or dc), so KV blocks travel over TCP`,
    };
  }
  if (!transports.gpu) {
    return {
      kind: 'NoGpuTransport',
      problem: `${list} has no transport for GPU memory (cuda_copy, or rocm_copy on AMD)`,
    };
  }
  if (
    transports.tcp &&
    !transports.denylist &&
    !transports.names.includes('all')
  ) {
    return {
      kind: 'TcpFallback',
      problem: `${list} names tcp next to RDMA, so a broken fabric falls back to TCP in silence`,
    };
  }
  if (transports.missesAuxiliary) {
    return {
      kind: 'MissesAuxiliary',
      problem: `${list} names one rc variant only, without ud for setting up connections; write rc`,
    };
  }
  return undefined;
}
