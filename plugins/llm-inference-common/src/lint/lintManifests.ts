import {
  asList,
  asRecord,
  asText,
  type UnknownRecord,
} from '../resource/unknown';
import { LEVELS, type Finding } from './Finding';
import { parseKserveVersion } from './kserveVersion';
import type { LintOptions } from './LintOptions';
import type { Violation } from './Rule';
import { RULES } from './rules';
import { toSentence } from './toSentence';
import { ServiceManifest } from './service/ServiceManifest';

const API_GROUP = 'serving.kserve.io/';

/**
 * Judges every LLMInferenceService among some manifests: new ones, hand-written ones, and objects as a
 * cluster returns them. Other objects are looked at only where a service needs them (base configurations,
 * NetworkPolicies). Pure and total: anything may be passed in.
 *
 * @param objects - parsed manifests; lists (`kind: List`) are opened
 * @param options - what is known besides; a rule that lacks something reports nothing
 * @returns errors first, then by path; with several services, one after the other within a level
 * @public
 */
export function lintManifests(
  objects: readonly unknown[],
  options: LintOptions = {},
): Finding[] {
  const all = asList(objects).flatMap(openList);
  const services = all.filter(object => isKind(object, 'LLMInferenceService'));
  const isConfig = (object: UnknownRecord) =>
    isKind(object, 'LLMInferenceServiceConfig');
  const baseConfigs = [
    ...all,
    ...asList(options.baseConfigs).flatMap(openList),
  ].filter(isConfig);
  const previous = asList(options.previous).flatMap(openList);
  const findings: Array<Finding & { index: number }> = [];
  for (const [index, object] of services.entries()) {
    const service = new ServiceManifest(object, baseConfigs);
    const context = {
      options,
      kserve: parseKserveVersion(options.kserveVersion),
      neighbours: all.filter(other => !services.includes(other)),
      previous: previous.find(other => isSame(other, object)),
    };
    for (const rule of RULES) {
      for (const violation of rule.check(service, context)) {
        findings.push({
          id: rule.id,
          level: rule.level,
          object: service.label,
          ...tell(violation),
          index,
        });
      }
    }
  }
  return findings.sort(compare).map(({ index, ...finding }) => finding);
}

/** A violation fit to be shown: its words are left out where something had to be taken out of its sentences. */
function tell({
  words = {},
  ...violation
}: Violation): Omit<Violation, 'words'> & Pick<Finding, 'words'> {
  const message = toSentence(violation.message);
  const fix = toSentence(violation.fix);
  const said = { ...violation, message, fix };
  if (message !== violation.message || fix !== violation.fix) return said;
  const entries = Object.entries(words).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return { ...said, words: Object.fromEntries(entries) };
}

const paths = new Intl.Collator('en', { numeric: true });

function compare(
  a: Finding & { index: number },
  b: Finding & { index: number },
): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    a.index - b.index ||
    paths.compare(a.path, b.path) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

function openList(value: unknown): UnknownRecord[] {
  const object = asRecord(value);
  const kind = /^(.*)List$/.exec(asText(object.kind) ?? '')?.[1];
  if (kind === undefined || !Array.isArray(object.items)) return [object];
  // The API server leaves kind and version out of the items of a typed list.
  const inherited = kind === '' ? {} : { apiVersion: object.apiVersion, kind };
  return object.items.map(item => ({ ...inherited, ...asRecord(item) }));
}

function isKind(object: UnknownRecord, kind: string): boolean {
  return (
    object.kind === kind &&
    (asText(object.apiVersion) ?? '').startsWith(API_GROUP)
  );
}

function isSame(one: UnknownRecord, other: UnknownRecord): boolean {
  const [a, b] = [asRecord(one.metadata), asRecord(other.metadata)];
  return (
    one.kind === other.kind &&
    a.name === b.name &&
    (a.namespace === b.namespace ||
      a.namespace === undefined ||
      b.namespace === undefined)
  );
}
