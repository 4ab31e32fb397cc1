import { z } from 'zod/v4';

import { extendedResource } from './fields';
import { FORMATS } from './formats';
import { refusal, type Refusal } from './Problem';
import type { ProblemCode } from './problemCodes';
import { refuseIn } from './schemaProblems';

/**
 * What carries the KV cache between the pools. `none` means TCP over the pod network: it works, one to two
 * orders of magnitude slower.
 *
 * @public
 */
export type FabricKind = 'roce' | 'infiniband' | 'efa' | 'amd' | 'none';

/** Transports of UCX that reach another node over RDMA without needing another token beside them. */
const REMOTE = ['rc', 'dc', 'ud', 'ib'];
/** Need `ud` for the wire-up. */
const REMOTE_NEEDS_UD = ['rc_mlx5', 'rc_verbs', 'rc_x', 'dc_mlx5', 'dc_x'];
const LOCAL = ['sm', 'self', 'posix', 'sysv', 'cma', 'knem', 'xpmem'];
const CUDA = ['cuda_copy', 'cuda_ipc', 'cuda', 'gdr_copy'];
const ROCM = ['rocm_copy', 'rocm_ipc', 'rocm'];
const KNOWN = [...REMOTE, ...REMOTE_NEEDS_UD, ...LOCAL, ...CUDA, ...ROCM];

/** UCX transports of a fabric when a profile names none; undefined where UCX is not used. */
export function defaultTransports(
  kind: FabricKind,
  vendor: 'nvidia' | 'amd' | 'none',
): string | undefined {
  const gpu = {
    nvidia: ',cuda_copy,cuda_ipc',
    amd: ',rocm_copy,rocm_ipc',
    none: '',
  }[vendor];
  if (kind === 'efa') return undefined;
  return kind === 'none' ? `tcp,sm,self${gpu}` : `rc,sm,self${gpu}`;
}

/** Why these transports do not carry the KV cache over RDMA from GPU to GPU, or undefined when they do. */
export function refuseTransports(
  transports: string,
  vendor: 'nvidia' | 'amd' | 'none',
): Refusal | undefined {
  const tokens = transports.split(',');
  const unknown = tokens.find(token => !KNOWN.includes(token));
  if (unknown === 'tcp' || unknown === 'all') {
    return refusal(
      'transportFallsBack',
      `'${unknown}' lets UCX fall back to TCP without a word; remove it`,
      { transport: unknown },
    );
  }
  if (unknown !== undefined) {
    const known = KNOWN.join(', ');
    return refusal(
      'transportUnknown',
      `'${unknown}' is not a known UCX transport; known: ${known}`,
      { transport: unknown, known },
    );
  }
  if (!tokens.some(token => REMOTE.includes(token))) {
    return tokens.some(token => REMOTE_NEEDS_UD.includes(token))
      ? refusal(
          'transportNeedsUd',
          "needs 'ud' beside the named transport, or simply 'rc'",
        )
      : refusal('transportsWithoutRdma', "holds no RDMA transport; add 'rc'");
  }
  if (vendor === 'nvidia') {
    if (tokens.some(token => ROCM.includes(token))) {
      return refusal('rocmElsewhere', 'rocm transports are for AMD GPUs');
    }
    if (!tokens.includes('cuda_copy') && !tokens.includes('cuda')) {
      return withoutGpuCopy('cuda_copy');
    }
  }
  if (vendor === 'amd') {
    if (tokens.some(token => CUDA.includes(token))) {
      return refusal(
        'cudaElsewhere',
        'cuda transports are for NVIDIA GPUs; use rocm_copy,rocm_ipc',
      );
    }
    if (!tokens.includes('rocm_copy') && !tokens.includes('rocm')) {
      return withoutGpuCopy('rocm_copy');
    }
  }
  return undefined;
}

function withoutGpuCopy(transport: string): Refusal {
  return refusal(
    'gpuCopyMissing',
    `without '${transport}' UCX takes GPU memory for host memory; add it`,
    { transport },
  );
}

const attachment = z
  .string()
  .max(200)
  .regex(
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?(@[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?)?$/,
    FORMATS.networkAttachment,
  );

export const fabricSpec = z
  .strictObject({
    kind: z.enum(['roce', 'infiniband', 'efa', 'amd', 'none']),
    /** Extended resource that gives a pod its share of the RDMA devices. */
    resource: extendedResource.optional(),
    count: z.int().min(1).max(64).optional(),
    /** Multus attachments, for both pools. */
    networks: z.array(attachment).min(1).max(16).optional(),
    /** `UCX_TLS`. */
    transports: z.string().max(200).optional(),
    /** `UCX_NET_DEVICES`; with RoCE it is found by KServe's start script and rarely needed. */
    netDevices: z
      .string()
      .max(200)
      .regex(
        /^[a-z][a-z0-9_]*_\d+:\d+(,[a-z][a-z0-9_]*_\d+:\d+)*$/,
        FORMATS.rdmaDevices,
      )
      .optional(),
    /** `UCX_IB_GID_INDEX`; with RoCE it is found by KServe's start script and rarely needed. */
    gidIndex: z.int().min(0).max(255).optional(),
  })
  .superRefine((fabric, context) => {
    const fail = (
      path: string,
      code: ProblemCode,
      message: string,
      words?: Record<string, string>,
    ) => refuseIn(context, [path], refusal(code, message, words));
    if (fabric.kind === 'none') {
      for (const field of [
        'resource',
        'count',
        'networks',
        'netDevices',
        'gidIndex',
      ] as const) {
        if (fabric[field] !== undefined) {
          fail(
            field,
            'tcpHasNoSuchField',
            "has no meaning for fabric 'none' (TCP); remove it",
          );
        }
      }
      return;
    }
    if (!fabric.resource) {
      fail(
        'resource',
        'rdmaResourceMissing',
        `fabric '${fabric.kind}' needs the RDMA resource`,
        { fabric: fabric.kind },
      );
    }
    if (
      fabric.kind === 'efa' &&
      fabric.resource !== undefined &&
      fabric.resource !== 'vpc.amazonaws.com/efa'
    ) {
      fail(
        'resource',
        'efaResource',
        "fabric 'efa' uses 'vpc.amazonaws.com/efa'",
      );
    }
    if (fabric.kind !== 'efa' && fabric.resource === 'vpc.amazonaws.com/efa') {
      fail(
        'resource',
        'efaResourceElsewhere',
        "'vpc.amazonaws.com/efa' belongs to fabric 'efa'",
      );
    }
    if (fabric.resource?.startsWith('openshift.io/') && !fabric.networks) {
      fail(
        'networks',
        'attachmentMissing',
        `'${fabric.resource}' is a virtual function, which is plumbed only with a network attachment`,
        { resource: fabric.resource },
      );
    }
    if (fabric.kind === 'efa') {
      for (const field of ['transports', 'netDevices', 'gidIndex'] as const) {
        if (fabric[field] !== undefined) {
          fail(
            field,
            'efaWithoutUcx',
            'EFA is reached through libfabric, not UCX; remove it',
          );
        }
      }
    }
  });

/** What carries the KV cache, complete. @public */
export type FabricSpec = z.output<typeof fabricSpec>;
