#!/usr/bin/env node
/*
 * Prints the verdict for a dump of a service, for a person without the portal:
 *
 *   kubectl get llmisvc,deploy,rs,lws,pod,event,httproute,inferencepool -n <namespace> -o yaml | yarn explain -
 *
 * Exit code 0, or 2 where there is nothing to explain.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';

const USAGE = `Usage: yarn explain <file.yaml|-> [--name <service>] [--namespace <namespace>] [--now <ISO time>]

Reads what "kubectl get … -o yaml" printed (or a scenario file) and says whether the service serves, and why not.
  --now   time at which the dump was made; the present by default. Give it for an old dump.
`;

/** The core is TypeScript; the transform that Backstage uses for its backend loads it without a build. */
function loadCore() {
  const require = createRequire(import.meta.url);
  require('@backstage/cli/config/nodeTransform.cjs');
  return require('../plugins/llm-inference-common/src/health/explainDump.ts');
}

function readDocuments(file) {
  const documents = parseAllDocuments(
    readFileSync(file === '-' ? 0 : file, 'utf8'),
  );
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    throw new Error(`${file} is not YAML: ${error.message}`);
  }
  return documents.map(document => document.toJS());
}

function explain(file, { name, namespace, now }) {
  const { explainService, observationsFromDump } = loadCore();
  const observations = observationsFromDump(readDocuments(file), {
    now: now ?? new Date().toISOString(),
    name,
    namespace,
  });
  if (observations.length === 0) {
    throw new Error(
      `${file} holds no LLMInferenceService${
        name ? ` named ${name}` : ''
      }: dump it together with its workloads, pods and events`,
    );
  }
  return observations
    .map(observation => explainService(observation))
    .join('\n');
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      namespace: { type: 'string' },
      now: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [file] = positionals;
  if (values.help || !file) {
    process.stdout.write(USAGE);
    process.exitCode = values.help ? 0 : 2;
  } else {
    process.stdout.write(explain(file, values));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
