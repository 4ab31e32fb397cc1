import {
  type ConnectorPairing,
  pairConnectors,
  readSidecarConnector,
  sidecarConnectorFor,
} from '../../resource/kvTransferConfig';
import { SIDECAR_CONTAINER } from '../../resource/containers';
import { asList } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { injectsConnector } from '../kserveVersion';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import type { Pool } from '../service/Pool';

const ROLES = { decode: 'kv_consumer', prefill: 'kv_producer' } as const;

const argumentFor = (pool: Pool) =>
  `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"${
    ROLES[pool.name]
  }"}'`;

/** Whether a start script of the author's own sets a connector: a finding of its own, and not read further. */
function startsWithConnector(main: Container | undefined): boolean {
  return asList(main?.fields.command).some(
    word => typeof word === 'string' && /--kv[-_]transfer[-_]config/.test(word),
  );
}

/** Where a pool's engines lack a connector; each template of a multi-node pool has its own. */
function* missingConnector(pool: Pool): Generator<Violation> {
  for (const { main, path } of pool.templates) {
    if (main?.mayHideArguments || startsWithConnector(main)) continue;
    if (main?.kvConfig?.valid === false || main?.connector) continue;
    yield {
      path: main?.path ?? path,
      words: { pool: pool.role, argument: argumentFor(pool) },
      message: `The engine of ${pool.title} has no KV connector. The service would look ready and compute every prompt twice: nothing moves from prefill to decode.`,
      fix: `Set the environment variable VLLM_ADDITIONAL_ARGS of main to "${argumentFor(
        pool,
      )}".`,
    };
  }
}

/** The connector of each pool, and the sidecar's. */
export const KV_CONNECTOR_RULES: readonly Rule[] = [
  {
    id: 'kv-connector-missing',
    level: 'error',
    *check({ prefill, pools, complete }, { kserve }) {
      if (!prefill || !complete) return;
      const injected = injectsConnector(kserve);
      for (const pool of pools) {
        // An empty prefill pool is a finding of its own, which says this too.
        if (pool.empty) continue;
        for (const violation of missingConnector(pool)) {
          yield injected
            ? {
                ...violation,
                level: 'info',
                words: { ...violation.words, code: 'injected' },
                message: `The engine of ${pool.title} names no KV connector; this KServe adds NixlConnector by itself.`,
              }
            : violation;
        }
      }
    },
  },
  {
    id: 'kv-role-mismatch',
    level: 'error',
    *check({ pair }) {
      const wrong = new Map<
        string,
        Required<Pick<ConnectorPairing, 'problem' | 'words'>>
      >();
      for (const decode of pair?.decode.mains ?? []) {
        for (const prefill of pair?.prefill.mains ?? []) {
          const { problem, words } = pairConnectors(
            decode.kvConfig,
            prefill.kvConfig,
          );
          if (!problem || !words) continue;
          const { kvConfigPath } =
            decode.connector?.role === ROLES.decode ? prefill : decode;
          if (!wrong.has(kvConfigPath))
            wrong.set(kvConfigPath, { problem, words });
        }
      }
      for (const [path, { problem, words }] of wrong) {
        yield {
          path,
          words: { ...words },
          message: `The pools do not fit each other: ${problem}.`,
          fix: 'Use the same connector in both pools, kv_consumer in decode and kv_producer in prefill.',
        };
      }
    },
  },
  {
    id: 'kv-both-deprecated',
    level: 'warning',
    *check(service) {
      for (const pool of service.pools) {
        for (const main of pool.mains) {
          if (!main.usesNixl || main.connector?.role !== 'kv_both') continue;
          yield {
            path: main.kvConfigPath,
            words: {
              code: service.prefill ? undefined : 'single',
              role: ROLES[pool.name],
              pool: pool.role,
            },
            message:
              'kv_both works, but is deprecated with NixlConnector (vLLM RFC 43807).',
            fix: service.prefill
              ? `Write ${ROLES[pool.name]} in ${pool.name}.`
              : 'Name one role.',
          };
        }
      }
    },
  },
  {
    id: 'sidecar-connector-mismatch',
    level: 'error',
    *check({ pair }) {
      const connector = pair?.decode.main?.connector;
      const sidecar = pair?.decode.containers.find(
        ({ name }) => name === SIDECAR_CONTAINER,
      );
      const wanted = connector && sidecarConnectorFor(connector.name);
      const flag = sidecar && readSidecarConnector(sidecar.fields);
      if (!sidecar || !wanted || !flag || flag === wanted) return;
      yield {
        path: joinPath(sidecar.path, 'args'),
        words: { sidecar: flag, connector: connector.name, wanted },
        message: `The routing sidecar speaks ${flag}, but the engine uses ${connector.name}.`,
        fix: `Write --kv-connector=${wanted}, or leave the sidecar to the preset.`,
      };
    },
  },
];
