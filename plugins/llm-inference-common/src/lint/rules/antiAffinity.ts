import {
  COMPONENT_LABEL,
  PART_OF_LABEL,
  PART_OF_VALUE,
} from '../../resource/labels';
import { asList, asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule } from '../Rule';
import { requestsEfa } from '../service/fabric';
import type { Pool, PodTemplate } from '../service/Pool';
import type { ServiceManifest } from '../service/ServiceManifest';

const ROLE_LABEL = 'llm-d.ai/role';

/** One affinity term with the values that it wants of each label. */
interface Term {
  path: string;
  required: boolean;
  anti: boolean;
  values(label: string): string[] | undefined;
}

/** Component labels of a pool's pods. */
function componentsOf(pool: Pool): string[] {
  const suffix = pool.name === 'prefill' ? '-prefill' : '';
  return pool.multiNode
    ? ['leader', 'worker'].map(
        part => `llminferenceservice-workload-${part}${suffix}`,
      )
    : [`llminferenceservice-workload${suffix}`];
}

/** Labels that only KServe and its router set, with every value that they have. */
const ROLE_LABELS: ReadonlyArray<{ label: string; known: string[] }> = [
  { label: ROLE_LABEL, known: ['decode', 'prefill', 'both'] },
  { label: 'kserve.io/component', known: ['workload'] },
];

function readTerm(
  term: unknown,
  path: string,
  required: boolean,
  anti: boolean,
): Term {
  const { matchLabels, matchExpressions } = asRecord(
    asRecord(term).labelSelector,
  );
  return {
    path: joinPath(path, 'labelSelector'),
    required,
    anti,
    values(label) {
      const plain = asText(asRecord(matchLabels)[label]);
      if (plain !== undefined) return [plain];
      const expression = asList(matchExpressions)
        .map(asRecord)
        .find(({ key, operator }) => key === label && operator === 'In');
      return expression
        ? asList(expression.values).flatMap(value => asText(value) ?? [])
        : undefined;
    },
  };
}

function* termsOf({ path, spec }: PodTemplate): Generator<Term> {
  const affinity = asRecord(spec.affinity);
  for (const kind of ['podAntiAffinity', 'podAffinity'] as const) {
    const anti = kind === 'podAntiAffinity';
    const rules = asRecord(affinity[kind]);
    const hard = 'requiredDuringSchedulingIgnoredDuringExecution';
    const soft = 'preferredDuringSchedulingIgnoredDuringExecution';
    for (const [index, term] of asList(rules[hard]).entries()) {
      const at = joinPath(path, 'affinity', kind, hard, index);
      yield readTerm(term, at, true, anti);
    }
    for (const [index, item] of asList(rules[soft]).entries()) {
      const at = joinPath(
        path,
        'affinity',
        kind,
        soft,
        index,
        'podAffinityTerm',
      );
      yield readTerm(asRecord(item).podAffinityTerm, at, false, anti);
    }
  }
}

/** Whether a pool keeps away from the other pool's pods. */
function avoids(pool: Pool, other: Pool, onlyRequired: boolean): boolean {
  const components = componentsOf(other);
  return [...termsOf(pool.template)].some(
    term =>
      term.anti &&
      (term.required || !onlyRequired) &&
      (term
        .values(COMPONENT_LABEL)
        ?.some(value => components.includes(value)) ||
        term.values(ROLE_LABEL)?.includes(other.name)),
  );
}

const allComponents = (service: ServiceManifest) => [
  ...service.pools.flatMap(componentsOf),
  'llminferenceservice-router-scheduler',
];

/** Where the pods of both pools may stand to each other. */
export const ANTI_AFFINITY_RULES: readonly Rule[] = [
  {
    id: 'anti-affinity-missing',
    level: 'info',
    *check({ pair, complete }) {
      if (!pair || !complete) return;
      const { decode, prefill } = pair;
      const mains = [...decode.mains, ...prefill.mains];
      // Without RDMA one node is as good as two.
      if (!mains.some(main => main.rdmaDevices.length > 0)) return;
      const efa = mains.some(requestsEfa);
      if (avoids(decode, prefill, efa) || avoids(prefill, decode, efa)) return;
      yield {
        level: efa ? 'error' : 'info',
        path: joinPath(decode.template.path, 'affinity', 'podAntiAffinity'),
        words: {
          code: efa ? 'efa' : undefined,
          component: componentsOf(prefill)[0],
        },
        message: efa
          ? 'Pods of both pools may share a node; over EFA they must not.'
          : 'Pods of both pools may share a node, where the KV cache does not take the RDMA network (NVLink does not work between pods).',
        fix: `${
          efa ? 'Require' : 'Prefer'
        } anti-affinity to ${COMPONENT_LABEL}=${
          componentsOf(prefill)[0]
        } over kubernetes.io/hostname in decode, and the reverse in prefill.`,
      };
    },
  },
  {
    id: 'anti-affinity-label',
    level: 'error',
    *check(service) {
      const known = allComponents(service);
      for (const template of service.pools.flatMap(pool => pool.templates)) {
        for (const term of termsOf(template)) {
          const components = term.values(COMPONENT_LABEL);
          const parts = term.values(PART_OF_LABEL);
          const strange = ROLE_LABELS.find(({ label, known: values }) =>
            term.values(label)?.every(value => !values.includes(value)),
          );
          if (strange) {
            yield {
              path: term.path,
              words: {
                code: 'role',
                label: strange.label,
                values: term.values(strange.label)?.join(', '),
                components: known.slice(0, -1).join(', '),
              },
              message: `No pod of this service has ${strange.label}=${term
                .values(strange.label)
                ?.join(', ')}; the selector matches nothing.`,
              fix: `Select ${COMPONENT_LABEL} ${known
                .slice(0, -1)
                .join(' or ')}.`,
            };
            continue;
          }
          const ofService = components?.some(value =>
            value.startsWith(PART_OF_VALUE),
          );
          const missed =
            components &&
            ofService &&
            !components.some(value => known.includes(value));
          const wrongPart =
            ofService && parts && !parts.includes(PART_OF_VALUE);
          if (!missed && !wrongPart) continue;
          yield {
            path: term.path,
            words: {
              values: (wrongPart ? parts : components ?? []).join(', '),
              components: known.slice(0, -1).join(', '),
            },
            message: `The selector (${(wrongPart
              ? parts
              : components ?? []
            ).join(', ')}) matches no pod of this service.`,
            fix: `Select ${COMPONENT_LABEL} ${known
              .slice(0, -1)
              .join(' or ')}.`,
          };
        }
      }
    },
  },
];
