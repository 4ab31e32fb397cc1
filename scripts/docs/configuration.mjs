import { settingsOf } from './settings.mjs';
import { FILES, page } from './source.mjs';

const PACKAGES = [
  'llm-inference-backend',
  'scaffolder-backend-module-llm-inference',
  'catalog-backend-module-llm-inference',
];

/** The page of all settings, from each package's `config.d.ts`. */
export async function configurationPage() {
  const sections = [];
  for (const name of PACKAGES) {
    sections.push(`## backstage-plugin-${name}\n\n${await settingsOf(name)}`);
  }
  return page(
    'Configuration',
    `Every setting of \`app-config.yaml\`, from the packages' own declarations (\`config.d.ts\`). A value that cannot be used stops the start
with its key, its value and what is expected. Settings of the frontend are those of its extensions: see the
[README of the frontend plugin](${FILES}/plugins/llm-inference/README.md).`,
    sections.join('\n\n'),
  );
}
