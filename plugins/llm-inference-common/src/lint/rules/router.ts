import { parse } from 'yaml';
import { findContainer, MAIN_CONTAINER } from '../../resource/containers';
import { readSchedulerProfile } from '../../resource/schedulerConfig';
import { asList, asNumber, asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule } from '../Rule';
import type { ServiceManifest } from '../service/ServiceManifest';

/** Plugins of older endpoint pickers and what they are called now. */
const RENAMED_PLUGINS: Readonly<Record<string, string>> = {
  'pd-profile-handler': 'disagg-profile-handler',
  'prefill-header-handler': 'disagg-headers-handler',
};

/** The endpoint picker's configuration where the manifest holds it, inline or as text in the arguments. */
function schedulerConfig(
  service: ServiceManifest,
): { path: string; config: unknown } | undefined {
  const scheduler = asRecord(service.router.scheduler);
  const { inline } = asRecord(scheduler.config);
  const inlinePath = 'spec.router.scheduler.config.inline';
  if (inline !== undefined) return { path: inlinePath, config: inline };
  const main = findContainer(scheduler.template, MAIN_CONTAINER);
  const args = asList(main?.args).map(arg => asText(arg) ?? '');
  for (const [index, arg] of args.entries()) {
    const match = /^--?config-text(?:=([\s\S]*))?$/.exec(arg);
    if (!match) continue;
    const config = parseYaml(match[1] ?? args[index + 1] ?? '');
    return config === undefined
      ? undefined
      : { path: 'spec.router.scheduler.template', config };
  }
  return undefined;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    // Not readable here: what the scheduler makes of it is its own affair.
    return undefined;
  }
}

/** Route, gateway and scheduler. */
export const ROUTER_RULES: readonly Rule[] = [
  {
    id: 'http-route-gateway-conflict',
    level: 'error',
    *check({ router }) {
      const http = asRecord(asRecord(router.route).http);
      if (asList(http.refs).length === 0) return;
      if (http.spec !== undefined && http.spec !== null) {
        yield {
          path: 'spec.router.route.http',
          words: { code: 'spec' },
          message: 'HTTPRoute refs and an inline route exclude each other.',
          fix: 'Keep refs or spec.',
        };
      }
      const { gateway } = router;
      const managed =
        gateway !== undefined &&
        gateway !== null &&
        asList(asRecord(gateway).refs).length === 0;
      if (managed) {
        yield {
          path: 'spec.router.gateway',
          words: { code: 'gateway' },
          message:
            'Routes of your own cannot be used with the managed gateway.',
          fix: 'Remove spec.router.gateway, or name your gateway under gateway.refs.',
        };
      }
    },
  },
  {
    id: 'scheduler-missing',
    level: 'error',
    *check({ pair, router, spec, complete }) {
      const { scheduler } = router;
      if (!pair || !complete) return;
      if (scheduler !== undefined && scheduler !== null) return;
      const noRouter = spec.router === undefined || spec.router === null;
      yield {
        level: noRouter ? 'warning' : 'error',
        path: noRouter ? 'spec.router' : 'spec.router.scheduler',
        words: { code: noRouter ? 'router' : undefined },
        message: noRouter
          ? 'Without a router the service has no URL, and nothing sends a request to prefill.'
          : 'Without a scheduler nothing picks a prefill pod: prefill stays idle.',
        fix: 'Set spec.router.scheduler: {}, with route: {} and gateway: {}.',
      };
    },
  },
  {
    id: 'scheduler-profile-stale',
    level: 'warning',
    *check(service) {
      const found = schedulerConfig(service);
      if (!service.pair || !found) return;
      const { path, config } = found;
      const fix =
        'Remove the configuration for the default, or use the profile for disaggregation (disagg-profile-handler, profiles prefill and decode).';
      if (!readSchedulerProfile(config).disaggregated) {
        yield {
          path,
          words: { code: 'profile' },
          message:
            'The scheduler has no profile `prefill` with a handler for it, so it never picks a prefill pod.',
          fix,
        };
      }
      for (const [index, plugin] of asList(
        asRecord(config).plugins,
      ).entries()) {
        const type = asText(asRecord(plugin).type) ?? '';
        const at = joinPath(path, 'plugins', index);
        if (Object.hasOwn(RENAMED_PLUGINS, type)) {
          yield {
            path: joinPath(at, 'type'),
            words: { code: 'renamed', old: type, now: RENAMED_PLUGINS[type] },
            message: `${type} is the old name of ${RENAMED_PLUGINS[type]}.`,
            fix: `Write ${RENAMED_PLUGINS[type]}.`,
          };
        }
        const { nonCachedTokens } = asRecord(asRecord(plugin).parameters);
        if (asNumber(nonCachedTokens) === 0) {
          yield {
            path: joinPath(at, 'parameters', 'nonCachedTokens'),
            words: { code: 'off' },
            message: 'nonCachedTokens 0 turns disaggregation off.',
            fix: 'Use always-disagg-pd-decider to split every request, or a number above 0.',
          };
        }
      }
    },
  },
];
