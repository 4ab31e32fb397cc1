import { InputError } from '@backstage/errors';
import {
  generateManifests,
  generateOptionsOf,
  lintManifests,
  serviceCapacity,
  type CapacityEstimate,
  type Finding,
  type ManifestFile,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';

import type { Plan } from './ServicePlanner';

/** A plan, carried out on paper. */
export interface Review {
  files: ManifestFile[];
  findings: Finding[];
  /** Absent for a model whose numbers are not known here. */
  capacity?: CapacityEstimate;
}

/**
 * Writes the manifests of a plan in memory and proves them.
 *
 * @param architecture - numbers of the plan's model, where they are known
 * @throws InputError when a check refuses them: the model does not fit, or its heads cannot be split
 */
export function reviewPlan(
  { spec, profile }: Plan,
  layout: 'shared' | 'own',
  architecture: ModelArchitecture | undefined,
): Review {
  const capacity = architecture && serviceCapacity(spec, profile, architecture);
  const files = generateManifests(spec, {
    ...generateOptionsOf(profile, layout),
    capacity,
    architecture,
  });
  const findings = lintManifests(
    files.flatMap(({ objects }) => objects ?? []),
    {
      kserveVersion: `v${spec.kserveVersion}`,
      architecture,
      policy: { pinnedImages: true },
      estimate: ({ name }) => capacity?.[name],
    },
  );
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new InputError(
      errors
        .map(({ path, message, fix }) => `${path}: ${message} ${fix}`)
        .join('\n'),
    );
  }
  return { files, findings, capacity };
}
