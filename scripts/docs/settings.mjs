import { createRequire } from 'node:module';
import path from 'node:path';
import { oneLine, root } from './source.mjs';

const require = createRequire(import.meta.url);

const typesOf = schema => {
  if (schema.enum) return schema.enum.map(value => `\`${value}\``);
  if (schema.const !== undefined) return [`\`${schema.const}\``];
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.flatMap(typesOf);
  return [schema.type ?? 'any'].flat();
};

/** Every key under a schema, with what the declaration says of it. */
function* keys(schema, prefix) {
  const variants = schema.anyOf ?? schema.oneOf ?? [schema];
  // What only one of several variants needs, its meaning says.
  const required = (variants[0].required ?? []).filter(name =>
    variants.every(variant => variant.required?.includes(name)),
  );
  for (const variant of variants) {
    for (const [name, value] of Object.entries(variant.properties ?? {})) {
      const key = prefix ? `${prefix}.${name}` : name;
      yield* described(key, value, required.includes(name));
    }
    if (typeof variant.additionalProperties === 'object') {
      yield* described(`${prefix}.<name>`, variant.additionalProperties, false);
    }
  }
}

function* described(key, value, isRequired) {
  const { items } = value;
  const isOnlyParent = value.properties && !value.description;
  if (!isOnlyParent) {
    yield {
      key: items ? `${key}[]` : key,
      types: typesOf(items ?? value),
      isList: Boolean(items),
      isRequired,
      meaning: oneLine(value.description),
    };
  }
  yield* keys(items ?? value, items ? `${key}[]` : key);
}

/** Keys that several variants have are one row. */
function merged(rows) {
  const byKey = new Map();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known) {
      known.types.push(...row.types);
      if (!known.meaning.includes(row.meaning))
        known.meaning = `${known.meaning} ${row.meaning}`.trim();
    } else {
      byKey.set(row.key, { ...row });
    }
  }
  return [...byKey.values()];
}

/** All settings that a package declares in its `config.d.ts`, as a Markdown list. */
export async function settingsOf(name) {
  const { loadConfigSchema } = require('@backstage/config-loader');
  const schema = await loadConfigSchema({
    dependencies: [],
    packagePaths: [path.join(root, 'plugins', name, 'package.json')],
  });
  const { value } = schema
    .serialize()
    .schemas.find(({ packageName }) => packageName.endsWith(name));
  return merged(keys(value, ''))
    .map(({ key, types, isList, isRequired, meaning }) => {
      const type = [...new Set(types)].join(' or ');
      const facts = [isList ? `list of ${type}` : type];
      if (isRequired) facts.push('required');
      return `- \`${key}\` (${facts.join(', ')})${
        meaning ? `: ${meaning}` : ''
      }`;
    })
    .join('\n');
}
