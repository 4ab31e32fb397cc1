import { readdirSync } from 'node:fs';
import path from 'node:path';
import { load, page, root, table } from './source.mjs';

const ACTIONS = 'plugins/scaffolder-backend-module-llm-inference/src/actions';

function fields(schema) {
  const required = new Set(schema?.required ?? []);
  return Object.entries(schema?.properties ?? {}).map(([name, field]) => [
    `\`${name}\`${required.has(name) ? '' : ' (optional)'}`,
    field.type,
    field.description,
  ]);
}

function section({ id, description, schema, examples = [] }) {
  const inputs = fields(schema.input);
  const outputs = fields(schema.output);
  return [
    `## ${id}`,
    description,
    inputs.length && table(['input', 'type', 'meaning'], inputs),
    outputs.length && table(['output', 'type', 'meaning'], outputs),
    examples[0] &&
      `${
        examples[0].description
      }:\n\n\`\`\`yaml\n${examples[0].example.trim()}\n\`\`\``,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function allActions() {
  return readdirSync(path.join(root, ACTIONS))
    .filter(file => /^create\w+Action\.ts$/.test(file))
    .sort()
    .map(file => {
      const module = load(`${ACTIONS}/${file}`);
      // What an action needs is only asked for when it runs.
      return module[file.replace(/\.ts$/, '')]({});
    });
}

/** Actions: id, what it does. */
export function actionRows() {
  return allActions().map(({ id, description }) => [`\`${id}\``, description]);
}

/** The page of the scaffolder actions; their examples run as tests. */
export function actionsPage() {
  return page(
    'Scaffolder actions',
    `What \`backstage-plugin-scaffolder-backend-module-llm-inference\` adds to the scaffolder. Each supports dry runs and can be run
again; every example is executed by the tests.`,
    allActions().map(section).join('\n\n'),
  );
}
