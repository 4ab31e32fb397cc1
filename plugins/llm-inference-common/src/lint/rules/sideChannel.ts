import { readSideChannelHost } from '../../resource/environment';
import { asList, asNumber, asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { injectsConnector } from '../kserveVersion';
import type { LintContext } from '../LintContext';
import type { Rule } from '../Rule';
import type { Pool } from '../service/Pool';

const HOST = 'VLLM_NIXL_SIDE_CHANNEL_HOST';
const PORT = 'VLLM_NIXL_SIDE_CHANNEL_PORT';
const DEFAULT_PORT = '5600';

/** The port of a pool's side channel as text; absent where it is set from somewhere else. */
function sideChannelPort(pool: Pool): string | undefined {
  const variable = pool.main?.env(PORT);
  return variable ? variable.value : DEFAULT_PORT;
}

/** Whether a NetworkPolicy among the objects lets a port in. */
function isAllowed(port: number, { neighbours }: LintContext): boolean {
  return neighbours
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(policy => asList(asRecord(policy.spec).ingress))
    .some(rule => {
      const { ports } = asRecord(rule);
      if (ports === undefined) return true;
      return asList(ports).some(item => {
        const first = asNumber(asRecord(item).port);
        const last = asNumber(asRecord(item).endPort) ?? first;
        return first === undefined || (first <= port && port <= Number(last));
      });
    });
}

/** The channel over which NIXL agents find each other. */
export const SIDE_CHANNEL_RULES: readonly Rule[] = [
  {
    id: 'side-channel-host-unset',
    level: 'error',
    *check({ prefill, pools, complete }, { kserve }) {
      if (!prefill) return;
      for (const pool of pools) {
        for (const main of pool.mains) {
          if (!main.usesNixl) continue;
          const host = readSideChannelHost(main.environment);
          const fix = `Set ${HOST} from valueFrom.fieldRef.fieldPath status.podIP, in both pools.`;
          if (host.state === 'Literal') {
            yield {
              path: main.envPath(HOST),
              words: { code: 'fixed', pool: pool.role, value: host.value },
              message: `${HOST} is the fixed address ${host.value} for all pods of ${pool.title}; each must tell its own.`,
              fix,
            };
          }
          // Unset here may still be set by a source that is not shown, or by a newer controller.
          const mayBeSet =
            !complete ||
            asList(main.fields.envFrom).length > 0 ||
            injectsConnector(kserve);
          if (host.state === 'Unset' && !mayBeSet) {
            yield {
              path: main.envPath(HOST),
              words: { pool: pool.role },
              message: `${pool.title} does not set ${HOST}, so vLLM tells its peers to find it at localhost and no transfer begins.`,
              fix,
            };
          }
        }
      }
    },
  },
  {
    id: 'side-channel-port-clash',
    level: 'warning',
    *check({ pair }) {
      if (!pair) return;
      const { decode, prefill } = pair;
      const onHost = [decode, prefill].every(
        pool => pool.main?.usesNixl && pool.template.spec.hostNetwork === true,
      );
      const port = sideChannelPort(prefill);
      if (!onHost || !port || port !== sideChannelPort(decode)) return;
      yield {
        path: prefill.main?.env(PORT)
          ? prefill.main.envPath(PORT)
          : joinPath(prefill.template.path, 'hostNetwork'),
        words: { port },
        message: `Both pools use the host's network and side-channel port ${port}: two of their pods on one node clash.`,
        fix: `Give the pools different values of ${PORT}, or remove hostNetwork.`,
      };
    },
  },
  {
    id: 'side-channel-network-policy',
    level: 'info',
    *check({ pair }, context) {
      if (!pair?.prefill.main?.usesNixl) return;
      const port = Number(sideChannelPort(pair.prefill) ?? DEFAULT_PORT);
      if (isAllowed(port, context)) return;
      yield {
        path: 'spec.prefill',
        words: { port },
        message: `Where NetworkPolicies restrict the namespace, the pools need TCP ${port} (plus the data-parallel rank), 8000 and 8001 between each other. RDMA itself passes NetworkPolicies by.`,
        fix: `Add a NetworkPolicy that allows these ports between the pods of this service.`,
      };
    },
  },
];
