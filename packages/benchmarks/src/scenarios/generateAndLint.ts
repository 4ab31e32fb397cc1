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

/** One in the form; more as a check of a whole repository would do it. */
const SERVICES = [1, 10, 100];

/** What happens between a keystroke in the form and its preview. */
export const generateAndLintScenario: Scenario = {
  name: 'generate-and-lint',
  title:
    'Services from a form: plan and generate each, lint them together, against writing their YAML alone',
  sizes: () =>
    SERVICES.map(count => ({
      label: `${count} generated services`,
      scale: count,
    })),
  async measure({ mode, size }) {
    const ours = prepareGenerateAndLint(size.scale);
    const objects = prepareObjects(size.scale)();
    const turnMs = mode === 'quick' ? 50 : 300;
    const samples = await alternate(
      {
        ours: timed(ours, turnMs),
        floor: timed(() => objects.map(object => stringify(object)), turnMs),
      },
      { warmUp: 2, rounds: mode === 'quick' ? 4 : 8 },
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
        bars:
          size.scale === 1
            ? [{ statistic: 'median', atMost: KEEPS_UP_MS }]
            : [],
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
 * Everything between a keystroke in the form and its preview, for so many services: request to spec, spec to every
 * file of the service's folder, and all lints over all of them.
 *
 * @throws Error when the shipped profile does not allow the request
 */
export function prepareGenerateAndLint(services = 1): () => Finding[] {
  const plan = preparePlan(services);
  return () => {
    const specs = plan();
    return lintManifests(specs.flatMap(objectsOf), {
      kserveVersion: `v${specs[0].kserveVersion}`,
      tls: false,
      policy: { pinnedImages: true },
    });
  };
}

function prepareObjects(services: number) {
  const plan = preparePlan(services);
  return () => plan().flatMap(objectsOf);
}

function objectsOf(spec: PdServiceSpec) {
  return generateManifests(spec).flatMap(({ objects }) => objects ?? []);
}

/** Requests to specs, with the shipped profile read beforehand. */
function preparePlan(services: number): () => PdServiceSpec[] {
  const { profiles } = parse(readFileSync(PROFILE, 'utf8')).llmInference;
  const [profile] = parseProfiles(profiles);
  const planOne = (index: number) => {
    const spec = planPdService(
      { ...REQUEST, name: `${REQUEST.name}-${index + 1}` },
      profile,
    );
    if (!spec.ok) {
      throw new Error(
        `The profile ${PROFILE} does not allow the request: ${JSON.stringify(
          spec.problems,
        )}`,
      );
    }
    return spec.value;
  };
  return () => Array.from({ length: services }, (_, index) => planOne(index));
}
