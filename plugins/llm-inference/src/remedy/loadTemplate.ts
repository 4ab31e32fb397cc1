import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** Every cause of a page asks for the same template; one answer serves them all for a while. */
const KEPT_MS = 60_000;

const answers = new WeakMap<
  CatalogApi,
  Map<string, { at: number; exists: Promise<boolean> }>
>();

/** Whether the catalog has a template that the user may see. */
export function templateExists(
  catalog: CatalogApi,
  template: CompoundEntityRef,
): Promise<boolean> {
  const ref = stringifyEntityRef(template);
  const known = answers.get(catalog) ?? new Map();
  answers.set(catalog, known);
  const kept = known.get(ref);
  if (kept && Date.now() - kept.at < KEPT_MS) return kept.exists;
  const exists = catalog.getEntityByRef(template).then(Boolean);
  known.set(ref, { at: Date.now(), exists });
  // A failure is not kept: the next one asks again.
  exists.catch(() => known.delete(ref));
  return exists;
}
