import { createRequire } from 'node:module';
import path from 'node:path';
import { oneLine, page, root } from './source.mjs';

const require = createRequire(import.meta.url);

const PACKAGES = [
  'llm-inference-backend',
  'scaffolder-backend-module-llm-inference',
  'catalog-backend-module-llm-inference',
];

const typeOf = schema =>
  schema.enum?.map(value => `\`${JSON.stringify(value)}\``).join(', ') ??
  schema.const ??
  [].concat(schema.type ?? 'any').join(' or ');

/** Every key under a schema, with what the declaration says of it. */
function* keys(schema, prefix) {
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    const key = prefix ? `${prefix}.${name}` : name;
    yield* described(key, value);
  }
  if (typeof schema.additionalProperties === 'object') {
    yield* described(`${prefix}.<name>`, schema.additionalProperties);
  }
}

function* described(key, value) {
  const variants = value.anyOf ?? value.oneOf ?? [value];
  const item = value.items;
  if (value.description || !value.properties) {
    yield [
      `\`${key}${item ? '[]' : ''}\``,
      item ? `list of ${typeOf(item)}` : typeOf(value),
      value.description,
    ];
  }
  for (const variant of variants) {
    yield* keys(variant, key);
  }
  if (item) {
    yield* keys(item, `${key}[]`);
  }
}

/** The page of all settings, from each package's `config.d.ts`. */
export async function configurationPage() {
  const { loadConfigSchema } = require('@backstage/config-loader');
  const sections = [];
  for (const name of PACKAGES) {
    const schema = await loadConfigSchema({
      dependencies: [],
      packagePaths: [path.join(root, 'plugins', name, 'package.json')],
    });
    const { value } = schema
      .serialize()
      .schemas.find(({ packageName }) => packageName.endsWith(name));
    sections.push(
      `## backstage-plugin-${name}\n\n${[...keys(value, '')]
        .map(([key, type, meaning]) =>
          [`- ${key} (${type})`, meaning && oneLine(meaning)]
            .filter(Boolean)
            .join(': '),
        )
        .join('\n')}`,
    );
  }
  return page(
    'Configuration',
    `Every setting of \`app-config.yaml\`, from the packages' own declarations (\`config.d.ts\`). A value that cannot be used stops the start
with its key, its value and what is expected. Settings of the frontend are those of its extensions: see the
[README of the frontend plugin](../../plugins/llm-inference/README.md).`,
    sections.join('\n\n'),
  );
}
