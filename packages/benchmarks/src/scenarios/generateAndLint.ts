import { readFileSync } from 'node:fs';

import {
  generateManifests,
  lintManifests,
  parseProfiles,
  planPdService,
  type Finding,
} from 'backstage-plugin-llm-inference-common';
import type { Bench } from 'tinybench';
import { parse } from 'yaml';
import { repositoryFile } from '../repositoryFile';

/** Name of the task in the results. */
export const GENERATE_AND_LINT = 'generate + lint one service';

/** The median that a form's preview needs in order to keep up with typing, in milliseconds. */
export const GENERATE_AND_LINT_LIMIT_MS = 20;

/** The shipped profile. */
const PROFILE = repositoryFile('templates/profiles/h100-roce.yaml');

/** What a person asks for in the form: two pools of a 7B model over RoCE. */
const REQUEST = {
  profile: 'h100-roce',
  name: 'qwen2-7b-instruct-pd',
  namespace: 'llm-demo',
  cluster: 'gpu-east',
  model: {
    uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
    name: 'Qwen/Qwen2.5-7B-Instruct',
  },
  decode: { replicas: 1 },
  prefill: { replicas: 2 },
  owner: 'group:default/ml-platform',
};

/**
 * Everything between a keystroke in the form and its preview: request to spec, spec to every file of the
 * service's folder, and all lints over them.
 *
 * @throws Error when the shipped profile does not allow the request
 */
export function prepareGenerateAndLint(): () => Finding[] {
  const { profiles } = parse(readFileSync(PROFILE, 'utf8')).llmInference;
  const [profile] = parseProfiles(profiles);
  return () => {
    const spec = planPdService(REQUEST, profile);
    if (!spec.ok) {
      throw new Error(
        `The profile ${PROFILE} does not allow the request: ${JSON.stringify(
          spec.problems,
        )}`,
      );
    }
    const objects = generateManifests(spec.value).flatMap(
      file => file.objects ?? [],
    );
    return lintManifests(objects, {
      kserveVersion: `v${spec.value.kserveVersion}`,
      tls: false,
      policy: { pinnedImages: true },
    });
  };
}

/** Adds the scenario to a benchmark. */
export function addGenerateAndLint(bench: Bench): void {
  bench.add(GENERATE_AND_LINT, prepareGenerateAndLint());
}
