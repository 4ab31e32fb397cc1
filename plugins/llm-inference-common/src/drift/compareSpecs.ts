import type { KubernetesObject } from '../resource/KubernetesObject';
import { parseQuantity } from '../resource/quantity';
import { asRecord, asText } from '../resource/unknown';
import { comparableMetadata } from './comparableMetadata';
import { entriesByKey, isUnordered } from './listKeys';
import { prune } from './prune';
import { shownValue } from './shownValue';
import type { SpecDifference } from './SpecDifference';

/** Differences listed where nothing else is asked for. */
const LISTED = 50;

/** What {@link compareSpecs} found. @public */
export interface SpecComparison {
  /** The first differences, in the order of the manifest. */
  differences: SpecDifference[];
  /** Number of differences, also of those that are not listed. */
  total: number;
}

/** How {@link compareSpecs} reports. @public */
export interface CompareOptions {
  /** Replaces what must not be shown; the text as it is where absent. */
  redact?: (text: string) => string;
  /** Differences listed at most; 50 where absent. */
  limit?: number;
}

/**
 * Compares an LLMInferenceService as Git has it with the one that runs, by what they mean: defaults, the order of
 * keyed lists, the spelling of quantities and empty fields make no difference, and neither does what the server and
 * GitOps controllers write. Compared are the spec, and of the metadata what Git names and what KServe acts on.
 * Total: any value can be compared.
 *
 * @public
 */
export function compareSpecs(
  desired: KubernetesObject,
  live: KubernetesObject,
  options: CompareOptions = {},
): SpecComparison {
  const found: SpecDifference[] = [];
  let total = 0;
  const limit = options.limit ?? LISTED;
  const redact = options.redact ?? (text => text);
  const report: Report = (path, wanted, running) => {
    total += 1;
    if (found.length >= limit) return;
    const change =
      (wanted === undefined && 'OnlyInCluster') ||
      (running === undefined && 'OnlyInGit') ||
      'Changed';
    found.push({
      path,
      change,
      ...(wanted === undefined
        ? {}
        : { desired: shownValue(wanted, path, redact) }),
      ...(running === undefined
        ? {}
        : { live: shownValue(running, path, redact) }),
    });
  };
  const metadata = comparableMetadata(desired, live);
  compareValues(
    metadata.desired,
    metadata.live,
    { shown: 'metadata', pattern: 'metadata' },
    report,
  );
  compareValues(
    specOf(desired),
    specOf(live),
    { shown: 'spec', pattern: 'spec' },
    report,
  );
  return { differences: found, total };
}

type Report = (path: string, desired: unknown, live: unknown) => void;

/** Where a value stands: for people, and with `[]` for every entry of a list. */
interface Place {
  shown: string;
  pattern: string;
}

/** The spec with the name that KServe gives the model where none is set. */
function specOf({ metadata, spec }: KubernetesObject): unknown {
  const { model, ...rest } = asRecord(spec);
  if (model === undefined) return spec;
  const { name, ...others } = asRecord(model);
  return asText(name) === metadata?.name
    ? { model: others, ...rest }
    : { model, ...rest };
}

function compareValues(
  desired: unknown,
  live: unknown,
  place: Place,
  report: Report,
): void {
  if (sameScalar(desired, live, place.pattern)) return;
  if (isList(desired) && isList(live)) {
    compareLists(desired, live, place, report);
  } else if (isRecord(desired) && isRecord(live)) {
    for (const key of keysOf(desired, live)) {
      compareValues(desired[key], live[key], stepInto(place, key), report);
    }
  } else {
    const wanted = prune(desired, place.pattern);
    const running = prune(live, place.pattern);
    if (wanted === undefined && running === undefined) return;
    // What says as much as nothing, such as a default, is still shown beside another value.
    report(
      place.shown,
      isAbsent(desired) ? undefined : wanted ?? desired,
      isAbsent(live) ? undefined : running ?? live,
    );
  }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.length === 0)
  );
}

function compareLists(
  desired: readonly unknown[],
  live: readonly unknown[],
  place: Place,
  report: Report,
): void {
  const name = place.pattern.slice(place.pattern.lastIndexOf('.') + 1);
  const wanted = entriesByKey(name, desired);
  const running = entriesByKey(name, live);
  const entry = (key: string | number) => ({
    shown: `${place.shown}[${key}]`,
    pattern: `${place.pattern}[]`,
  });
  if (wanted && running) {
    for (const key of new Set([...wanted.keys(), ...running.keys()])) {
      compareValues(wanted.get(key), running.get(key), entry(key), report);
    }
  } else if (isUnordered(name)) {
    const sorted = (list: readonly unknown[]) =>
      list
        .map(value => canonical(pruned(value, place)))
        .sort()
        .join();
    if (sorted(desired) !== sorted(live)) report(place.shown, desired, live);
  } else if (
    desired.length === live.length &&
    desired.every(isRecord) &&
    live.every(isRecord)
  ) {
    desired.forEach((value, index) =>
      compareValues(value, live[index], entry(index), report),
    );
  } else if (
    canonical(pruned(desired, place)) !== canonical(pruned(live, place))
  ) {
    report(place.shown, desired, live);
  }
}

/** A list, or an entry of one, without what says nothing. */
function pruned(value: unknown, { pattern }: Place): unknown {
  return Array.isArray(value)
    ? prune(value, pattern)
    : prune([value], pattern) ?? [];
}

/** Numbers of resources are quantities: `1` is `"1"`, and `1000m` too. */
const QUANTITIES =
  /\.(limits|requests|overhead)\.[^.]+(\.[^.]+)*$|\.(sizeLimit|divisor)$|\.kvCacheOffloading\.cpu$|\.emptyDir\.size$/;

const TOLERANCE = 1e-9;

function sameScalar(a: unknown, b: unknown, pattern: string): boolean {
  if (a === b) return true;
  if (!QUANTITIES.test(pattern)) return false;
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  return (
    left !== undefined &&
    right !== undefined &&
    Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), 1e-9)
  );
}

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

function stepInto({ shown, pattern }: Place, key: string): Place {
  return {
    shown: PLAIN_KEY.test(key) ? `${shown}.${key}` : `${shown}[${key}]`,
    pattern: `${pattern}.${key}`,
  };
}

function keysOf(a: object, b: object): Set<string> {
  return new Set([...Object.keys(a), ...Object.keys(b)]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that is equal for values that differ in the order of their fields only. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry) =>
    isRecord(entry)
      ? Object.fromEntries(
          Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : entry,
  );
}
