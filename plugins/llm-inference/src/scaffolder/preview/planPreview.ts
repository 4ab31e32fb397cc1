import {
  generateManifests,
  generateOptionsOf,
  lintManifests,
  planPdService,
  serviceCapacity,
  type CapacityEstimate,
  type Finding,
  type ManifestFile,
  type ModelArchitecture,
  type OfferedProfile,
  type Problem,
  type Workload,
} from 'backstage-plugin-llm-inference-common';
import { requestOf } from '../formData';

/** What the form's data would become, or what is still wrong with it. */
export type Preview =
  | { state: 'incomplete'; problems: Problem[] }
  | {
      state: 'complete';
      files: ManifestFile[];
      findings: Finding[];
      capacity?: CapacityEstimate;
    };

/** Does in the browser what the actions do on the server, with the same core. */
export function planPreview(
  formData: unknown,
  profile: OfferedProfile,
  workload: Workload,
  layout: 'shared' | 'own',
  architecture: ModelArchitecture | undefined,
): Preview {
  const spec = planPdService(requestOf(formData), profile);
  if (!spec.ok) return { state: 'incomplete', problems: spec.problems };
  const capacity =
    architecture &&
    serviceCapacity(spec.value, profile, architecture, workload);
  const files = generateManifests(spec.value, {
    ...generateOptionsOf(profile, layout),
    capacity:
      architecture && serviceCapacity(spec.value, profile, architecture),
    architecture,
  });
  const findings = lintManifests(
    files.flatMap(({ objects }) => objects ?? []),
    {
      kserveVersion: `v${spec.value.kserveVersion}`,
      architecture,
      promptTokens: workload.promptTokens,
      policy: { pinnedImages: true },
      estimate: ({ name }) => capacity?.[name],
    },
  );
  return { state: 'complete', files, findings, capacity };
}
