import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  formatProblems,
  lintManifests,
  PROFILE_ANNOTATION,
  readPdServiceSpec,
  refuseByProfile,
  updateService,
  type ChangedField,
  type Finding,
} from 'backstage-plugin-llm-inference-common';
import { parseAllDocuments } from 'yaml';

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
  const updated = updateService(file.content, change);
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

/** The API by-passes the form: a change is held to the profile like a creation. */
function assertAllowed(
  source: ServiceSource,
  changed: { path: string; content: string },
): void {
  const named = source.entity.metadata.annotations?.[PROFILE_ANNOTATION];
  if (!named) return;
  const { profile } = source;
  if (!profile) {
    throw new InputError(
      `profile: '${named}', which the service was made from, is no longer on offer. Ask the platform team, or edit the manifests by hand`,
    );
  }
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
      .filter(({ what }) => /image|cpu|memory|arguments/.test(what))
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

function objectsOf(content: string): unknown[] {
  return parseAllDocuments(content, { logLevel: 'silent' }).map(document =>
    document.errors.length > 0 ? undefined : document.toJS(),
  );
}

function isService(object: unknown): boolean {
  return (object as { kind?: unknown } | null)?.kind === 'LLMInferenceService';
}

function keyOf({ id, path }: Finding): string {
  return `${id} ${path}`;
}
