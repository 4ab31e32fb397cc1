import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const SHIPPED = join(__dirname, '../../../../../templates/profiles');

/** The two profiles that ship, as they stand in a portal's configuration. */
export const PROFILES: Record<string, Record<string, unknown>> = Object.assign(
  {},
  ...['h100-roce', 'cpu-trial'].map(
    name =>
      parse(readFileSync(join(SHIPPED, `${name}.yaml`), 'utf8')).llmInference
        .profiles,
  ),
);

/** What a person asks for in the worked example. */
export const REQUEST = {
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
