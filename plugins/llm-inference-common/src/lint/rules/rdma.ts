import { findRdmaIntent } from '../../resource/engineIntent';
import {
  EFA_RESOURCE,
  findDeviceRequestProblem,
} from '../../resource/resourceNames';
import {
  parseUcxTransports,
  type UcxTransports,
} from '../../resource/ucxTransports';
import { asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import type { Pool } from '../service/Pool';
import { backendsOf, mayHaveClaims, requestsEfa } from '../service/fabric';
import type { ServiceManifest } from '../service/ServiceManifest';

/** Device plugins that hand out virtual functions or whole devices, not shares of one. */
const COUNTS_DEVICES =
  /^openshift\.io\/|^nvidia\.com\/(?:hostdev|mlnxnics)$|sriov|^vpc\.amazonaws\.com\/efa$/i;

/** Device plugins whose device reaches the pod only through a network attachment. */
const NEEDS_ATTACHMENT =
  /^openshift\.io\/|^nvidia\.com\/(?:hostdev|mlnxnics)$|sriov/i;

/** Adapters in which the start script does not look for RoCE: it knows mlx5 only. */
const NOT_MLX5_ROCE =
  /^vpc\.amazonaws\.com\/efa$|(?:^|[/_-])(?:shared_)?ib(?:$|[_-])|infiniband|ionic|pensando|broadcom|bnxt/i;

const INFER_ROCE = 'KSERVE_INFER_ROCE';

function hasRdma(pool: Pool): boolean {
  return pool.mains.some(main => main.rdmaDevices.length > 0);
}

const textOf = (value: unknown) =>
  value === undefined ? undefined : String(value);

/** What a sentence says of RDMA that is not requested. */
function codeOf(
  meant: boolean,
  transports: UcxTransports | undefined,
): string | undefined {
  if (!meant) return 'other';
  return transports && !transports.tcp ? 'fails' : undefined;
}

function* notRequested(service: ServiceManifest): Generator<Violation> {
  const anyRdma = service.pools.some(hasRdma);
  for (const pool of service.pools) {
    if (pool.empty || mayHaveClaims(pool, service) || !service.complete) {
      continue;
    }
    for (const main of pool.mains) {
      if (main.rdmaDevices.length > 0) continue;
      const intent = findRdmaIntent(main.environment, pool.networks?.value);
      const onlyOther = service.pair !== undefined && anyRdma && !hasRdma(pool);
      if (!intent && !onlyOther) continue;
      const transports = parseUcxTransports(main.env('UCX_TLS')?.value);
      yield {
        level: transports && !transports.tcp ? 'error' : 'warning',
        path: joinPath(main.path, 'resources', 'limits'),
        words: {
          code: codeOf(intent !== undefined, transports),
          pool: pool.role,
          sign: intent?.sign,
        },
        message: intent
          ? `${pool.title} is meant to use RDMA (${
              intent.sign
            }) but requests no RDMA device${
              transports && !transports.tcp
                ? '; without tcp in UCX_TLS its transfers fail'
                : ''
            }.`
          : `${pool.title} requests no RDMA device, but the other pool does.`,
        fix: 'Request the RDMA resource of the cluster (for example rdma/roce_gdr: 1) under limits and requests, in both pools.',
      };
    }
  }
}

const mainsOf = (service: ServiceManifest): Container[] =>
  service.pools.flatMap(({ mains }) => [...mains]);

/** Requests of devices, and what they go with. */
export const RDMA_RULES: readonly Rule[] = [
  {
    id: 'extended-resource-invalid',
    level: 'error',
    *check(service) {
      for (const { path, devices } of service.pools.flatMap(
        pool => pool.containers,
      )) {
        for (const device of devices) {
          const problem = findDeviceRequestProblem(device);
          if (!problem) continue;
          const side = device.limit === undefined ? 'requests' : 'limits';
          yield {
            path: joinPath(path, 'resources', side, device.name),
            words: {
              code: problem.code,
              resource: device.name,
              limit: textOf(device.limit),
              ...(problem.code === 'unequal'
                ? { request: textOf(device.request) }
                : {}),
            },
            message: `${problem.said}.`,
            fix: `Set the same whole number of ${device.name} under limits and requests.`,
          };
        }
      }
    },
  },
  { id: 'rdma-not-requested', level: 'error', check: notRequested },
  {
    id: 'rdma-resource-per-gpu',
    level: 'info',
    *check(service) {
      for (const main of mainsOf(service)) {
        for (const { name, count } of main.rdmaDevices) {
          if (!COUNTS_DEVICES.test(name) || count >= main.gpus) continue;
          yield {
            path: joinPath(main.path, 'resources', 'limits', name),
            words: { gpus: main.gpus, count, resource: name },
            message: `${main.gpus} GPUs share ${count} of ${name}, which counts devices.`,
            fix: 'Request one for each GPU where the node has them; a plugin that counts shares needs only 1.',
          };
        }
      }
    },
  },
  {
    id: 'rdma-resource-names-differ',
    level: 'warning',
    *check({ pair }) {
      const names = (pool: Pool) =>
        (pool.main?.rdmaDevices ?? []).map(({ name }) => name).sort();
      if (!pair) return;
      const [decode, prefill] = [names(pair.decode), names(pair.prefill)];
      if (decode.length === 0 || prefill.length === 0) return;
      if (decode.join() === prefill.join()) return;
      yield {
        path: joinPath(pair.prefill.mainPath, 'resources', 'limits'),
        words: { decode: decode.join(', '), prefill: prefill.join(', ') },
        message: `decode requests ${decode.join(
          ', ',
        )} and prefill ${prefill.join(
          ', ',
        )}: two device plugins, maybe two fabrics that do not meet.`,
        fix: 'Request the same resource in both pools, or make sure that the networks are one.',
      };
    },
  },
  {
    id: 'efa-needs-libfabric',
    level: 'error',
    *check(service) {
      for (const pool of service.pools) {
        for (const main of pool.mains) {
          if (!requestsEfa(main) || !main.usesNixl) continue;
          const backends = backendsOf(main);
          const transports = parseUcxTransports(main.env('UCX_TLS')?.value);
          if (!backends.includes('LIBFABRIC')) {
            yield {
              path: main.kvConfigPath,
              words: {
                pool: pool.role,
                resource: EFA_RESOURCE,
                backends: backends.join(', '),
              },
              message: `${
                pool.title
              } requests ${EFA_RESOURCE}, which NIXL reaches only through LIBFABRIC; the backend here is ${backends.join(
                ', ',
              )}.`,
              fix: 'Set kv_connector_extra_config.backends to ["LIBFABRIC"] and remove UCX_TLS.',
            };
          } else if (transports?.rdma && !transports.denylist) {
            yield {
              path: main.envPath('UCX_TLS'),
              words: { code: 'transports' },
              message: 'UCX_TLS names transports that EFA does not have.',
              fix: 'Remove UCX_TLS.',
            };
          }
        }
      }
    },
  },
  {
    id: 'infer-roce-not-applicable',
    level: 'warning',
    *check(service) {
      for (const main of mainsOf(service)) {
        const value = main.env(INFER_ROCE)?.value;
        if (!value || value === 'false') continue;
        if (value !== 'true') {
          yield {
            path: main.envPath(INFER_ROCE),
            words: { code: 'value', value: JSON.stringify(value.slice(0, 40)) },
            message: `${INFER_ROCE} is ${JSON.stringify(
              value.slice(0, 40),
            )}; only the exact text true turns it on.`,
            fix: 'Write "true", or remove it.',
          };
          continue;
        }
        const other = main.rdmaDevices.find(({ name }) =>
          NOT_MLX5_ROCE.test(name),
        );
        if (!other) continue;
        yield {
          path: main.envPath(INFER_ROCE),
          words: { resource: other.name },
          message: `${INFER_ROCE} finds mlx5 adapters with RoCE only; ${other.name} looks like another fabric.`,
          fix: `Remove ${INFER_ROCE}, and set UCX_NET_DEVICES where UCX needs help.`,
        };
      }
    },
  },
  {
    id: 'sriov-network-missing',
    level: 'warning',
    *check({ pools, complete }) {
      for (const pool of pools) {
        if (pool.networks || !complete) continue;
        const device = pool.mains
          .flatMap(main => main.rdmaDevices)
          .find(({ name }) => NEEDS_ATTACHMENT.test(name));
        if (!device) continue;
        yield {
          path: joinPath(pool.path, 'annotations'),
          words: { pool: pool.role, resource: device.name },
          message: `${pool.title} requests ${device.name}, but without a network attachment the virtual function is not plumbed into the pod.`,
          fix: 'Name the NetworkAttachmentDefinition in metadata.annotations["k8s.v1.cni.cncf.io/networks"].',
        };
      }
    },
  },
  {
    id: 'ipc-lock',
    level: 'warning',
    *check(service) {
      for (const { path, spec } of service.pools.flatMap(
        pool => pool.templates,
      )) {
        for (const field of ['hostNetwork', 'hostIPC']) {
          if (spec[field] !== true) continue;
          yield privilegeFor(joinPath(path, field), field);
        }
        if (asRecord(spec.securityContext).runAsUser === 0) {
          yield privilegeFor(
            joinPath(path, 'securityContext', 'runAsUser'),
            'runAsUser 0',
          );
        }
      }
      for (const { path, fields } of service.pools.flatMap(
        pool => pool.containers,
      )) {
        yield* containerPrivileges(
          asRecord(fields.securityContext),
          joinPath(path, 'securityContext'),
        );
      }
    },
  },
];

const LOCKING = ['IPC_LOCK', 'SYS_RAWIO', 'SYS_RESOURCE'];

function* containerPrivileges(
  security: Readonly<Record<string, unknown>>,
  path: string,
): Generator<Violation> {
  const { add } = asRecord(security.capabilities);
  for (const [index, name] of (Array.isArray(add) ? add : []).entries()) {
    if (LOCKING.includes(String(name).replace(/^CAP_/, ''))) {
      yield privilegeFor(
        joinPath(path, 'capabilities', 'add', index),
        String(name),
      );
    }
  }
  if (security.privileged === true) {
    yield privilegeFor(joinPath(path, 'privileged'), 'privileged');
  }
  if (security.runAsUser === 0) {
    yield privilegeFor(joinPath(path, 'runAsUser'), 'runAsUser 0');
  }
}

function privilegeFor(path: string, what: string): Violation {
  return {
    path,
    words: { what },
    message: `${what} is refused where the namespace enforces pod security, and capabilities do nothing for a user other than root.`,
    fix: "Remove it. For locked memory raise the container runtime's LimitMEMLOCK on the nodes.",
  };
}
