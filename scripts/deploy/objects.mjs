/** What must hold for the objects of the deployment. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../lib/toolchain.mjs';
import { run } from '../packages/run.mjs';

/** Group and version → module of kubernetes-models with the types. */
function typesOf({ apiVersion, kind }) {
  return { module: `kubernetes-models/${apiVersion}`, type: `I${kind}` };
}

/** TypeScript as the judge: missing, misspelt and wrongly typed fields are errors of types. */
async function againstTypes({ objects, tools }) {
  const dir = path.join(root, '.cache', 'deploy');
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'objects.ts');
  const lines = objects.map((object, index) => {
    const { module, type } = typesOf(object);
    return [
      `import type { ${type} as T${index} } from '${module}';`,
      `export const object${index}: T${index} = ${JSON.stringify(
        object,
        null,
        2,
      )};`,
    ].join('\n');
  });
  fs.writeFileSync(file, lines.join('\n'));
  try {
    await run(
      [
        tools.node,
        path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...['--noEmit', '--strict', '--skipLibCheck', '--pretty', 'false'],
        ...['--module', 'preserve', '--moduleResolution', 'bundler'],
        file,
      ],
      { env: tools.env },
    );
    return [];
  } catch (error) {
    return error.message.split('\n').filter(line => /error TS/.test(line));
  }
}

const named = (objects, kind) =>
  objects
    .filter(object => object.kind === kind)
    .map(({ metadata }) => metadata.name);

/** Everything that the pod refers to is there. */
function references({ objects, secrets, pod }) {
  const problems = [];
  const [container] = pod.containers;
  if (!named(objects, 'ServiceAccount').includes(pod.serviceAccountName))
    problems.push(`there is no ServiceAccount ${pod.serviceAccountName}`);
  const bound = objects
    .filter(({ kind }) => kind === 'ClusterRoleBinding')
    .flatMap(({ subjects, metadata }) =>
      subjects.map(subject => ({ subject, metadata })),
    );
  for (const { subject, metadata } of bound)
    if (
      subject.name !== pod.serviceAccountName ||
      subject.namespace !== 'llm-inference'
    )
      problems.push(
        `${metadata.name} binds ${subject.namespace}/${subject.name}, not the portal`,
      );
  const configMaps = named(objects, 'ConfigMap');
  const wanted = [
    ...container.envFrom.map(({ configMapRef }) => configMapRef.name),
    ...pod.volumes.flatMap(({ configMap }) =>
      configMap ? [configMap.name] : [],
    ),
  ];
  for (const name of wanted)
    if (!configMaps.includes(name))
      problems.push(`there is no ConfigMap ${name}`);
  for (const { name, valueFrom } of container.env) {
    const { name: secret, key } = valueFrom.secretKeyRef;
    const example = secrets.find(({ metadata }) => metadata.name === secret);
    if (!example?.stringData[key])
      problems.push(
        `${name} wants ${secret}/${key}, which secrets.example.yaml lacks`,
      );
  }
  return problems;
}

/** What the production configuration reads from the environment is given. */
function environment({ objects, pod }) {
  const [container] = pod.containers;
  const settings = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.name.startsWith('llm-portal-settings'),
  );
  const given = [
    ...Object.keys(settings?.data ?? {}),
    ...container.env.map(({ name }) => name),
  ];
  const text = fs.readFileSync(
    path.join(root, 'app-config.production.yaml'),
    'utf8',
  );
  // The clusters of that file are replaced by those of the deployment.
  const required = [
    ...text.slice(0, text.indexOf('\nkubernetes:')).matchAll(/\$\{(\w+)\}/g),
  ].map(([, name]) => name);
  return required
    .filter(name => !given.includes(name))
    .map(
      name =>
        `app-config.production.yaml wants ${name}, which the Deployment does not give`,
    );
}

/** Two replicas, no root, probes. */
function hardening({ deployment, pod }) {
  const [container] = pod.containers;
  const rules = {
    'two replicas': deployment.spec.replicas >= 2,
    'no root': pod.securityContext.runAsNonRoot === true,
    'a read-only root file system':
      container.securityContext.readOnlyRootFilesystem === true,
    'no further privileges':
      container.securityContext.allowPrivilegeEscalation === false,
    'no capabilities':
      container.securityContext.capabilities.drop.includes('ALL'),
    'start, liveness and readiness probes': Boolean(
      container.startupProbe &&
        container.livenessProbe &&
        container.readinessProbe,
    ),
  };
  return Object.entries(rules)
    .filter(([, holds]) => !holds)
    .map(([rule]) => `the Deployment lacks ${rule}`);
}

/** Everything that is wrong, one sentence each. */
export async function problemsOfObjects({ objects, secrets, tools }) {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const pod = deployment.spec.template.spec;
  return [
    ...(await againstTypes({ objects: [...objects, ...secrets], tools })),
    ...references({ objects, secrets, pod }),
    ...environment({ objects, pod }),
    ...hardening({ deployment, pod }),
  ];
}
