import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const SHIPPED = join(__dirname, '../../../../templates/profiles');

/** The two profiles that ship, as they stand in a portal's configuration. */
export const PROFILES: Record<string, Record<string, unknown>> = Object.assign(
  {},
  ...['h100-roce', 'cpu-trial'].map(
    name =>
      parse(readFileSync(join(SHIPPED, `${name}.yaml`), 'utf8')).llmInference
        .profiles,
  ),
);
