import type { FindingLevel } from './Finding';
import type { LintContext } from './LintContext';
import type { LintId } from './lintIds';
import type { ServiceManifest } from './service/ServiceManifest';

/** What a rule found; the registry adds its id. */
export interface Violation {
  path: string;
  message: string;
  fix: string;
  /**
   * What the sentences are made of, as data: the names, numbers and fields in them, and a `code` where the rule
   * has several things to say. A word that is undefined is left out.
   */
  words?: Readonly<Record<string, string | number | undefined>>;
  /** Where it differs from the rule's own level. */
  level?: FindingLevel;
  unverified?: true;
}

/** One lint. `check` sees one service at a time and must be total: a manifest may hold anything. */
export interface Rule {
  id: LintId;
  level: FindingLevel;
  check(service: ServiceManifest, context: LintContext): Iterable<Violation>;
}
