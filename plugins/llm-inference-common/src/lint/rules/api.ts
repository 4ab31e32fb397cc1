import { asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { AFTER_V0_20, isAtLeast } from '../kserveVersion';
import type { Rule, Violation } from '../Rule';
import type { ServiceManifest } from '../service/ServiceManifest';
import { walkKeys, walkStrings } from '../walkStrings';

const CURRENT = 'serving.kserve.io/v1alpha2';

/** Fields of a pool, and of the spec, that v1alpha1 does not have. */
const UNKNOWN_TO_V1ALPHA1 = {
  pool: ['kvCacheOffloading'],
  model: ['confidential'],
} as const;

/** First minor version in which a field of a pool is read. */
const POOL_FIELDS: Readonly<Record<string, number>> = {
  annotations: 17,
  labels: 17,
  scaling: 17,
  kvCacheOffloading: 20,
  rolloutStrategy: AFTER_V0_20,
};

/** First minor version in which a field of the spec is read. */
const SPEC_FIELDS: Readonly<Record<string, number>> = {
  storageInitializer: 17,
  tracing: 20,
};

/** Variables that single-node presets ignore before v0.18. */
const SCRIPT_VARIABLES = ['KSERVE_INFER_ROCE', 'VLLM_ADDITIONAL_ARGS'];

function* versionedFields(
  service: ServiceManifest,
): Generator<{ path: string; field: string; minor: number }> {
  for (const [field, minor] of Object.entries(SPEC_FIELDS)) {
    if (service.spec[field] !== undefined) {
      yield { path: joinPath('spec', field), field, minor };
    }
  }
  for (const pool of service.pools) {
    for (const [field, minor] of Object.entries(POOL_FIELDS)) {
      if (pool.spec[field] !== undefined) {
        yield { path: joinPath(pool.path, field), field, minor };
      }
    }
    if (asRecord(pool.spec.scaling).keda !== undefined) {
      yield {
        path: joinPath(pool.path, 'scaling', 'keda'),
        field: 'scaling.keda',
        minor: AFTER_V0_20,
      };
    }
    // The multi-node presets have had the start script longer.
    if (pool.multiNode || !pool.main) continue;
    for (const name of SCRIPT_VARIABLES) {
      if (pool.main.env(name)) {
        yield { path: pool.main.envPath(name), field: name, minor: 18 };
      }
    }
  }
  if (asRecord(service.router.scheduler).tokenizer !== undefined) {
    yield {
      path: 'spec.router.scheduler.tokenizer',
      field: 'scheduler.tokenizer',
      minor: AFTER_V0_20,
    };
  }
}

function* unknownToV1alpha1(service: ServiceManifest): Generator<string> {
  for (const pool of service.pools) {
    for (const field of UNKNOWN_TO_V1ALPHA1.pool) {
      if (pool.spec[field] !== undefined) yield joinPath(pool.path, field);
    }
  }
  for (const field of UNKNOWN_TO_V1ALPHA1.model) {
    if (asRecord(service.spec.model)[field] !== undefined) {
      yield joinPath('spec.model', field);
    }
  }
}

/** Expressions that KServe itself offers in a spec; each must be whole. */
const OWN_EXPRESSION =
  /^-?\s*(?:ChildName\b|\.Spec\b|\.ObjectMeta\b|\.GlobalConfig\b|if |else\b|end\b|range |with )[^{}]*$/;

/** Whether a text closes more braces than it opens. */
function closesTooMany(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '{') open++;
    else if (character === '}' && --open < 0) return true;
  }
  return false;
}

/**
 * Whether a text has template braces, and whether all are KServe's own. Nested JSON ends with closing braces,
 * each of which it has opened; closing braces of nothing are the rest of a template.
 */
function templateBraces(text: string): 'none' | 'own' | 'foreign' {
  if (!text.includes('{{')) {
    return text.includes('}}') && closesTooMany(text) ? 'foreign' : 'none';
  }
  if (text.includes('${{')) return 'foreign';
  const expressions = text.split('{{').slice(1);
  return expressions.every(part => {
    const end = part.indexOf('}}');
    return end >= 0 && OWN_EXPRESSION.test(part.slice(0, end).trim());
  })
    ? 'own'
    : 'foreign';
}

function* braces(service: ServiceManifest): Generator<Violation> {
  const texts = [
    ...walkStrings(service.spec, 'spec'),
    ...walkKeys(service.spec, 'spec'),
  ];
  for (const { path, text } of texts) {
    const kind = templateBraces(text);
    if (kind === 'own') {
      yield {
        level: 'info',
        path,
        words: { code: 'own' },
        message: "The value holds an expression of KServe's own templates.",
        fix: 'Nothing, where that is meant; write the value itself where it is known.',
      };
    } else if (kind === 'foreign') {
      yield {
        path,
        message:
          'The value holds template braces. KServe runs the merged spec as a Go template, so the presets will not combine.',
        fix: 'Remove the braces; mount a chat template from a ConfigMap instead of writing it here.',
      };
    }
  }
}

/** API version, KServe version and template text. */
export const API_RULES: readonly Rule[] = [
  {
    id: 'api-version',
    level: 'warning',
    *check(service) {
      const version = asText(service.object.apiVersion) ?? '';
      if (version === CURRENT) return;
      if (version !== 'serving.kserve.io/v1alpha1') {
        yield {
          level: 'error',
          path: 'apiVersion',
          words: { code: 'unknown', version },
          message: `${version} is not a version of LLMInferenceService.`,
          fix: `Write ${CURRENT}.`,
        };
        return;
      }
      yield {
        path: 'apiVersion',
        message:
          'v1alpha1 loses fields when it is read (status.workloads, kvCacheOffloading).',
        fix: `Write ${CURRENT} (KServe v0.17 or newer).`,
      };
      for (const path of unknownToV1alpha1(service)) {
        yield {
          level: 'error',
          path,
          words: { code: 'field' },
          message: 'v1alpha1 does not have this field and drops it in silence.',
          fix: `Write apiVersion ${CURRENT}, or remove the field.`,
        };
      }
    },
  },
  {
    id: 'kserve-version-floor',
    level: 'error',
    *check(service, { kserve }) {
      if (!kserve) return;
      if (service.object.apiVersion === CURRENT && !isAtLeast(kserve, 17)) {
        yield {
          path: 'apiVersion',
          words: { code: 'api', kserve: kserve.text },
          message: `KServe ${kserve.text} does not serve v1alpha2; it came with v0.17.`,
          fix: 'Use a newer KServe.',
        };
      }
      for (const { path, field, minor } of versionedFields(service)) {
        if (isAtLeast(kserve, minor)) continue;
        const needed =
          minor === AFTER_V0_20 ? 'newer than v0.20' : `v0.${minor} or newer`;
        yield {
          path,
          words: {
            ...(minor === AFTER_V0_20
              ? { code: 'next' }
              : { since: `v0.${minor}` }),
            kserve: kserve.text,
            field,
          },
          message: `KServe ${kserve.text} ignores ${field} in silence; it needs ${needed}.`,
          fix: `Use KServe ${needed}, or remove ${field}.`,
        };
      }
    },
  },
  { id: 'go-template-braces', level: 'error', check: braces },
];
