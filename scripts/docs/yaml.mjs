import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { haveTypes, typedObjects } from './kubernetesTypes.mjs';
import { load, root } from './source.mjs';
import { typeErrors } from './typescript.mjs';

const require = createRequire(import.meta.url);

let portal;

/** What the schema wants of every portal. */
const NEEDED = {
  app: { baseUrl: 'http://localhost:3000' },
  backend: {
    baseUrl: 'http://localhost:7007',
    listen: ':7007',
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
};

/** The configuration schema of the example portal, which holds all our packages'. */
async function portalSchema() {
  const { loadConfigSchema } = require('@backstage/config-loader');
  portal ??= await loadConfigSchema({
    dependencies: [],
    packagePaths: ['app', 'backend'].map(name =>
      path.join(root, 'packages', name, 'package.json'),
    ),
  });
  return portal;
}

/** Keys of a value that none of the schemas knows. */
function unknownKeys(value, schemas, at) {
  if (Array.isArray(value)) {
    const items = schemas.flatMap(({ items: item }) => item ?? []);
    return items.length
      ? value.flatMap(item => unknownKeys(item, variants(items), `${at}[]`))
      : [];
  }
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const known = schemas.flatMap(
      ({ properties, additionalProperties }) =>
        properties?.[key] ??
        (typeof additionalProperties === 'object' ? additionalProperties : []),
    );
    return known.length
      ? unknownKeys(child, variants(known), `${at}.${key}`)
      : [`${at}.${key}`];
  });
}

const variants = schemas =>
  schemas.flatMap(schema => [
    schema,
    ...variants(schema.anyOf ?? schema.oneOf ?? []),
  ]);

/** What is wrong with a piece of `app-config.yaml`. */
async function configProblems(value, context) {
  const schema = await portalSchema();
  const schemas = schema
    .serialize()
    .schemas.filter(({ packageName }) => /llm-inference/.test(packageName))
    .flatMap(({ value: { properties } }) => properties?.llmInference ?? []);
  const unknown = unknownKeys(
    value?.llmInference,
    variants(schemas),
    'llmInference',
  ).map(key => `there is no setting ${key}`);
  try {
    schema.process([
      { data: NEEDED, context: 'what every portal needs' },
      { data: value, context },
    ]);
    return unknown;
  } catch (problem) {
    return [...unknown, problem.message];
  }
}

/** What is wrong with profiles, as the start of a backend would say it. */
function profileProblems(profiles) {
  const { parseProfiles } = load(
    'plugins/llm-inference-common/src/manifest/profile/parseProfiles.ts',
  );
  try {
    parseProfiles(profiles);
    return [];
  } catch (problem) {
    return [problem.message];
  }
}

/** A profile that ships, with what a snippet says of one. */
function completeProfile(fragment) {
  const { llmInference } = parse(
    readFileSync(
      path.join(root, 'templates', 'profiles', 'h100-roce.yaml'),
      'utf8',
    ),
  );
  const [[name, profile]] = Object.entries(llmInference.profiles);
  return { [name]: { ...profile, ...fragment } };
}

const MODELS = {
  API: 'apiEntityV1alpha1Validator',
  Component: 'componentEntityV1alpha1Validator',
  Location: 'locationEntityV1alpha1Validator',
  Resource: 'resourceEntityV1alpha1Validator',
};

/** What the catalog would say of an entity. */
async function entityProblems(entity) {
  const model = require('@backstage/catalog-model');
  try {
    await new model.SchemaValidEntityPolicy().enforce(entity);
    const isKnown = await model[MODELS[entity.kind]]?.check(entity);
    return isKnown ? [] : [`no entity of kind ${entity.kind} is checked here`];
  } catch (problem) {
    return [problem.message];
  }
}

/** The page whose overlay `yarn test:deploy` builds. */
export const OVERLAY_GUIDE = 'docs/how-to/deploy.md';

const CONFIG_KEYS = [
  'app',
  'auth',
  'backend',
  'catalog',
  'integrations',
  'kubernetes',
  'llmInference',
  'permission',
  'pluginDivisionMode',
  'dynamicPlugins',
];

/** What is wrong with a YAML snippet, and how it was looked at. */
export async function checkYaml({ file, line, code }) {
  const documents = parseAllDocuments(code);
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    return { how: 'parsed', problems: [`${file}:${line}: ${error.message}`] };
  }
  const values = documents.map(document => document.toJS());
  const services = values.filter(
    value => value?.kind === 'LLMInferenceService',
  );
  if (services.length) {
    const { lintManifests } = load(
      'plugins/llm-inference-common/src/lint/lintManifests.ts',
    );
    return {
      how: 'linted',
      problems: lintManifests(values)
        .filter(({ level }) => level === 'error')
        .map(({ id, path: at }) => `${file}:${line}: ${id} at ${at}`),
    };
  }
  if (values.every(value => /^backstage\.io\//.test(value?.apiVersion))) {
    const problems = await Promise.all(values.map(entityProblems));
    return {
      how: 'against the schemas of the catalog',
      problems: problems.flat().map(problem => `${file}:${line}: ${problem}`),
    };
  }
  if (
    file === OVERLAY_GUIDE &&
    values.every(({ apiVersion }) => /^kustomize\.config\./.test(apiVersion))
  ) {
    return { how: 'built by "yarn test:deploy"', problems: [] };
  }
  if (haveTypes(values)) {
    return {
      how: 'against the types of Argo CD or Flux',
      problems: typeErrors([typedObjects({ file, line }, values)]),
    };
  }
  if (/^# in the profile$/m.test(code)) {
    return {
      how: 'as part of a profile that ships',
      problems: profileProblems(completeProfile(values[0])).map(
        problem => `${file}:${line}: ${problem}`,
      ),
    };
  }
  if (values.some(value => value?.kind)) {
    return { how: 'parsed', problems: [] };
  }
  if (
    values.every(value =>
      Object.keys(value ?? {}).every(key => CONFIG_KEYS.includes(key)),
    )
  ) {
    const problems = await Promise.all(
      values.map(value => configProblems(value, `${file}:${line}`)),
    );
    return {
      how: 'against the configuration schema',
      problems: problems
        .flat()
        .concat(profileProblems(values[0]?.llmInference?.profiles))
        .map(problem => `${file}:${line}: ${problem}`),
    };
  }
  return { how: 'parsed', problems: [] };
}
