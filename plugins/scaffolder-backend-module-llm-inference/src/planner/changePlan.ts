import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  formatProblems,
  lintManifests,
  PROFILE_ANNOTATION,
  readPdServiceSpec,
  refuseByProfile,
  refuseChange,
  updateService,
  type ChangedField,
  type Finding,
} from 'backstage-plugin-llm-inference-common';

import { isService, objectsOf } from './serviceFiles';
import type { ServiceSource } from './ServiceSource';

/** A change of a service, worked out but not written. */
export interface ChangePlan {
  /** The changed file, with its path in the folder. */
  file: { path: string; content: string };
  changes: ChangedField[];
  /** What the change makes happen, and what it cannot do in place. */
  warnings: string[];
  /** The same for the same change, so that a second try finds the first pull request. */
  fingerprint: string;
}

/**
 * Works a change into the manifest of a service and holds the result to the checks and to the profile.
 *
 * @throws InputError naming the field, when the change cannot be or may not be made
 */
export function planChange(source: ServiceSource, change: unknown): ChangePlan {
  const file = source.files.find(
    ({ path, content }) =>
      /\.ya?ml$/.test(path) &&
      !path.startsWith('overlays/') &&
      objectsOf(content).some(isService),
  );
  if (!file) {
    throw new InputError(
      `${source.location.url} holds no LLMInferenceService to change`,
    );
  }
  const updated = updateService(file.content, asProfileSays(source, change));
  if (!updated.ok) throw new InputError(formatProblems(updated.problems));
  const { content, changes } = updated.value;
  if (changes.length === 0) {
    throw new InputError(
      'change: the manifests say this already; there is nothing to change',
    );
  }
  const changed = { path: file.path, content };
  assertAllowed(source, changed);

  const before = objectsOf(file.content);
  const findings = lintManifests(objectsOf(content), { previous: before });
  const known = lintManifests(before).map(keyOf);
  const errors = findings.filter(
    finding => finding.level === 'error' && !known.includes(keyOf(finding)),
  );
  if (errors.length > 0) {
    throw new InputError(
      errors
        .map(({ path, message, fix }) => `${path}: ${message} ${fix}`)
        .join('\n'),
    );
  }
  return {
    file: changed,
    changes,
    warnings: [
      ...consequences(changes),
      ...overlayWarnings(source, changes),
      ...findings
        .filter(
          finding =>
            finding.level === 'warning' && !known.includes(keyOf(finding)),
        )
        .map(({ message, fix }) => `${message} ${fix}`),
    ],
    fingerprint: createHash('sha256').update(content).digest('hex').slice(0, 8),
  };
}

/**
 * Which RDMA resource a pod asks for is the platform's to say: `profile` stands for that of the service's profile,
 * and no other name is taken for a service that has one.
 */
function asProfileSays(source: ServiceSource, change: unknown): unknown {
  const { rdma, ...rest } = (change ?? {}) as Record<string, unknown>;
  if (rdma === undefined) return change;
  const { resource, ...asked } = rdma as Record<string, unknown>;
  const offered = profileOf(source);
  if (!offered) {
    if (resource !== 'profile') return change;
    throw new InputError(
      'rdma.resource: the service was made from no profile; name the resource itself',
    );
  }
  const { fabric, name } = offered;
  if (resource === 'profile' && !fabric.resource) {
    throw new InputError(
      `rdma.resource: profile '${name}' has no RDMA; its services move the KV cache over TCP`,
    );
  }
  const named = resource === 'profile' ? fabric.resource : resource;
  const [problem] = refuseChange(
    { rdma: { resource: named } },
    { profile: offered },
  );
  if (problem) throw new InputError(formatProblems([problem]));
  const count = fabric.count ?? 1;
  if (asked.count !== undefined && asked.count !== count) {
    throw new InputError(
      `rdma.count: profile '${name}' gives each pod ${count} of '${fabric.resource}'`,
    );
  }
  return { ...rest, rdma: { resource: named, count } };
}

/** @throws InputError for a profile that is no longer there */
function profileOf({ entity, profile }: ServiceSource) {
  const named = entity.metadata.annotations?.[PROFILE_ANNOTATION];
  if (named && !profile) {
    throw new InputError(
      `profile: '${named}', which the service was made from, is no longer on offer. Ask the platform team, or edit the manifests by hand`,
    );
  }
  return profile;
}

/** The API by-passes the form: a change is held to the profile like a creation. */
function assertAllowed(
  source: ServiceSource,
  changed: { path: string; content: string },
): void {
  const profile = profileOf(source);
  if (!profile) return;
  const spec = readPdServiceSpec(
    source.files.map(file => (file.path === changed.path ? changed : file)),
  );
  const problems = spec.ok
    ? refuseByProfile(spec.value, profile)
    : spec.problems;
  if (problems.length > 0) {
    throw new InputError(
      spec.ok
        ? formatProblems(problems)
        : `The manifests were edited by hand in a way that cannot be held to profile '${
            profile.name
          }'; change them by hand too:\n${formatProblems(problems)}`,
    );
  }
}

function consequences(changes: ChangedField[]): string[] {
  const restarted = new Set(
    changes
      .filter(({ what }) => !/replicas$|^stopped$/.test(what))
      .map(({ what }) => what.split(' ')[0]),
  );
  const stop = changes.find(({ what }) => what === 'stopped');
  return [
    ...[...restarted].map(
      pool =>
        `Every ${pool} pod is replaced, a few at a time. A new pod needs its GPUs while the old one still has them; without free ones the rollout waits.`,
    ),
    ...(restarted.size === 1
      ? [
          'Until both pools run the same again, prefill and decode may refuse to hand the KV cache over.',
        ]
      : []),
    ...(stop?.after === 'true'
      ? [
          'All pods go away and the address stops answering, until the service is started again.',
        ]
      : []),
    ...(stop?.after === 'false'
      ? ['The service starts as it did the first time: download, load, ready.']
      : []),
  ];
}

function overlayWarnings(
  { files }: ServiceSource,
  changes: ChangedField[],
): string[] {
  if (!changes.some(({ what }) => /replicas/.test(what))) return [];
  return files
    .filter(
      ({ path, content }) =>
        /^overlays\/.*\.ya?ml$/.test(path) &&
        objectsOf(content).some(isService),
    )
    .map(
      ({ path }) =>
        `${path} sets pool sizes of its own for its cluster, which stay as they are.`,
    );
}

function keyOf({ id, path }: Finding): string {
  return `${id} ${path}`;
}
