import { readFileSync } from 'node:fs';

import {
  generateManifests,
  lintManifests,
  parseProfiles,
  planPdService,
  type Finding,
  type PdServiceSpec,
} from 'backstage-plugin-llm-inference-common';
import { parse, stringify } from 'yaml';
import { alternate, timed } from '../harness/alternate';
import type { Scenario } from '../harness/Scenario';
import { repositoryFile } from '../repositoryFile';

/** The median that a form's preview needs in order to keep up with typing, in milliseconds. */
const KEEPS_UP_MS = 20;

/** What happens between a keystroke in the form and its preview. */
export const generateAndLintScenario: Scenario = {
  name: 'generate-and-lint',
  title:
    'One service from a form: plan, generate and lint, against writing its YAML alone',
  sizes: () => [{ label: 'one service', scale: 1 }],
  async measure({ mode }) {
    const ours = prepareGenerateAndLint();
    const objects = prepareObjects()();
    const turnMs = mode === 'quick' ? 200 : 500;
    const samples = await alternate(
      {
        ours: timed(ours, turnMs),
        floor: timed(() => objects.map(object => stringify(object)), turnMs),
      },
      { warmUp: 2, rounds: mode === 'quick' ? 5 : 10 },
    );
    return [
      {
        metric: 'time',
        unit: 'ms',
        contenders: [
          { role: 'ours', name: 'generate + lint', samples: samples.ours },
          {
            role: 'floor',
            name: 'YAML of the objects',
            samples: samples.floor,
          },
        ],
        bars: [{ statistic: 'median', atMost: KEEPS_UP_MS }],
      },
    ];
  },
};

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
  const plan = preparePlan();
  return () => {
    const spec = plan();
    const objects = generateManifests(spec).flatMap(file => file.objects ?? []);
    return lintManifests(objects, {
      kserveVersion: `v${spec.kserveVersion}`,
      tls: false,
      policy: { pinnedImages: true },
    });
  };
}

function prepareObjects() {
  const plan = preparePlan();
  return () =>
    generateManifests(plan()).flatMap(({ objects }) => objects ?? []);
}

/** Request to spec, with the shipped profile read beforehand. */
function preparePlan(): () => PdServiceSpec {
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
    return spec.value;
  };
}
