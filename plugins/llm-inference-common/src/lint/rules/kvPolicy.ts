import { asNumber } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import { mayHaveClaims } from '../service/fabric';
import type { Pool } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

const OFFLOADING = /Offload/;

/** Seconds for which prefill keeps blocks unless told otherwise. */
const DEFAULT_LEASE = 30;

/** A field of the connector, of the configuration around it, or of its extra part. */
function kvField(main: Container, name: string): unknown {
  const inner = main.connector?.config;
  return (
    inner?.fields[name] ??
    inner?.extra[name] ??
    main.kvConfig?.fields[name] ??
    main.kvConfig?.extra[name]
  );
}

/** Checks the engines of a disaggregated service one by one. */
const eachEngine =
  (check: (main: Container, pool: Pool) => Iterable<Violation>) =>
  (service: ServiceManifest): Violation[] =>
    service.prefill
      ? service.pools.flatMap(pool =>
          pool.mains.flatMap(main => [...check(main, pool)]),
        )
      : [];

function isCalculatingScales(main: Container): string | undefined {
  const type = main.argument('--kv-cache-dtype')?.value ?? '';
  if (/per[_-]token/i.test(type)) return '--kv-cache-dtype';
  const flag = main.argument('--calculate-kv-scales');
  return flag && flag.value !== 'false' ? flag.flag : undefined;
}

/** Settings of the KV transfer itself. */
export const KV_POLICY_RULES: readonly Rule[] = [
  {
    id: 'handshake-check-disabled',
    level: 'warning',
    check: eachEngine(function* check(main) {
      const value = kvField(main, 'enforce_handshake_compat');
      if (value !== false && value !== 'false') return;
      yield {
        path: main.kvConfigPath,
        message:
          'enforce_handshake_compat false hides engines that do not fit each other; their output may be corrupt.',
        fix: 'Remove it, and make both pools the same instead.',
      };
    }),
  },
  {
    id: 'kv-load-policy-recompute',
    level: 'info',
    check: eachEngine(function* check(main) {
      if (kvField(main, 'kv_load_failure_policy') !== 'recompute') return;
      yield {
        path: main.kvConfigPath,
        message:
          'With kv_load_failure_policy recompute, decode computes prompts again when a transfer fails; it then does the work of prefill.',
        fix: 'Nothing, where that is wanted; watch the latency of decode.',
      };
    }),
  },
  {
    id: 'lease-short',
    level: 'info',
    *check(service, { options: { handoverSeconds } }) {
      for (const main of service.prefill ? service.prefill.mains : []) {
        if (!main.usesNixl) continue;
        const written = kvField(main, 'kv_lease_duration');
        const lease = asNumber(Number(written ?? DEFAULT_LEASE));
        if (!lease || lease <= 0) continue;
        const needed =
          handoverSeconds === undefined ? undefined : 2 * handoverSeconds;
        if (lease >= (needed ?? DEFAULT_LEASE)) continue;
        yield {
          ...(needed === undefined ? { unverified: true } : {}),
          path: main.kvConfigPath,
          words: {
            code: needed === undefined ? undefined : 'measured',
            lease,
            handover: handoverSeconds,
            seconds: Math.ceil(needed ?? DEFAULT_LEASE),
          },
          message: `Prefill keeps KV blocks for ${lease} s only${
            needed === undefined
              ? '; whether decode fetches them in time depends on its queue'
              : `, less than twice the ${handoverSeconds} s that a handover takes`
          }.`,
          fix: `Set kv_lease_duration to at least ${Math.ceil(
            needed ?? DEFAULT_LEASE,
          )}.`,
        };
      }
    },
  },
  {
    id: 'offloading-dropped',
    level: 'error',
    *check({ pools }) {
      for (const pool of pools) {
        const offloading = pool.spec.kvCacheOffloading;
        const config = pool.main?.kvConfig;
        if (!offloading || !config?.connector) continue;
        const kept = [config, ...config.members].some(({ connector }) =>
          OFFLOADING.test(connector ?? ''),
        );
        if (kept) continue;
        yield {
          path: joinPath(pool.path, 'kvCacheOffloading'),
          message:
            'The engine has a KV configuration of its own, so the one for offloading is dropped in silence.',
          fix: 'Use MultiConnector with NixlConnector and OffloadingConnector, in both pools.',
        };
      }
    },
  },
  {
    id: 'quantized-kv-scales',
    level: 'error',
    check: eachEngine(function* check(main) {
      const flag = isCalculatingScales(main);
      const argument = flag === undefined ? undefined : main.argument(flag);
      if (!argument) return;
      yield {
        path: main.argumentPath(argument),
        words: { argument: argument.written },
        message: `${argument.written} makes scales of the KV cache while running; they are not transferred with the blocks.`,
        fix: 'Use a KV cache type with fixed scales (fp8) or none (auto).',
      };
    }),
  },
  {
    id: 'encoder-decoder',
    level: 'error',
    *check({ pools, prefill }, { options: { architecture } }) {
      if (!prefill || !architecture?.encoderDecoder) return;
      if (!pools.some(({ main }) => main?.usesNixl)) return;
      yield {
        path: 'spec.model.uri',
        message:
          'NixlConnector does not support models with an encoder and a decoder.',
        fix: 'Remove spec.prefill for this model.',
      };
    },
  },
  {
    id: 'disaggregation-not-worth-it',
    level: 'info',
    *check(service, { options }) {
      if (!service.prefill) return;
      const { promptTokens, architecture } = options;
      const reasons: string[] = [];
      const codes: string[] = [];
      if (promptTokens !== undefined && promptTokens < 2000) {
        codes.push('prompts');
        reasons.push(`prompts have ${promptTokens} tokens (below 2,000)`);
      }
      const hasRdma = service.pools.some(
        pool =>
          mayHaveClaims(pool, service) ||
          pool.mains.some(main => main.rdmaDevices.length > 0),
      );
      if (!hasRdma && service.complete) {
        codes.push('rdma');
        reasons.push('there is no RDMA');
      }
      const { parameters } = architecture ?? {};
      if (parameters !== undefined && parameters <= 3e9) {
        codes.push('small');
        reasons.push('the model has 3 billion parameters or fewer');
      }
      if (reasons.length === 0) return;
      yield {
        path: 'spec.prefill',
        words: { code: codes.join('+'), tokens: promptTokens },
        message: `Two pools may cost more than they give: ${reasons.join(
          ', ',
        )}.`,
        fix: 'Compare with one pool before deciding.',
      };
    },
  },
];
