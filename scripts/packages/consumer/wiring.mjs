/** What somebody who adds the plugins to a portal writes: the lines that our documentation shows. */
import fs from 'node:fs';
import path from 'node:path';

/** Puts text behind the one place where a file says `anchor`; fails where the skeleton has changed. */
function insertAfter(file, anchor, text) {
  replace(file, anchor, `${anchor}${text}`);
}

function replace(file, anchor, text) {
  const content = fs.readFileSync(file, 'utf8');
  const [before, after, ...more] = content.split(anchor);
  if (after === undefined || more.length > 0)
    throw new Error(
      `${file} does not say exactly once:\n${anchor}\nThe skeleton of create-app has changed.`,
    );
  fs.writeFileSync(file, `${before}${text}${after}`);
}

/** packages/backend/src/index.ts */
export function addToBackend(dir) {
  insertAfter(
    path.join(dir, 'packages', 'backend', 'src', 'index.ts'),
    "backend.add(import('@backstage/plugin-signals-backend'));\n",
    `
backend.add(import('backstage-plugin-llm-inference-backend'));
backend.add(import('backstage-plugin-catalog-backend-module-llm-inference'));
backend.add(import('backstage-plugin-scaffolder-backend-module-llm-inference'));
`,
  );
}

/** packages/app/src of an app of the legacy frontend system; an app of the new one discovers the plugin. */
export function addToLegacyFrontend(dir) {
  const src = path.join(dir, 'packages', 'app', 'src');
  const app = path.join(src, 'App.tsx');
  insertAfter(
    app,
    "import { Root } from './components/Root';\n",
    `import { ScaffolderFieldExtensions } from '@backstage/plugin-scaffolder-react';
import { FleetPage, llmFormFields } from 'backstage-plugin-llm-inference/legacy';
`,
  );
  replace(
    app,
    '<Route path="/create" element={<ScaffolderPage />} />',
    `<Route path="/create" element={<ScaffolderPage />}>
      <ScaffolderFieldExtensions>{llmFormFields}</ScaffolderFieldExtensions>
    </Route>`,
  );
  insertAfter(
    app,
    '<Route path="/catalog-graph" element={<CatalogGraphPage />} />\n',
    '    <Route path="/llm-inference" element={<FleetPage />} />\n',
  );

  const menu = path.join(src, 'components', 'Root', 'Root.tsx');
  insertAfter(
    menu,
    "import HomeIcon from '@material-ui/icons/Home';\n",
    "import MemoryIcon from '@material-ui/icons/Memory';\n",
  );
  insertAfter(
    menu,
    '        <SidebarItem icon={LibraryBooks} to="docs" text="Docs" />\n',
    '        <SidebarItem icon={MemoryIcon} to="llm-inference" text="LLM services" />\n',
  );

  const entityPage = path.join(src, 'components', 'catalog', 'EntityPage.tsx');
  insertAfter(
    entityPage,
    "} from '@backstage/plugin-kubernetes';\n",
    `
import {
  EntityServingCard,
  EntityServingContent,
  isLlmInferenceAvailable,
} from 'backstage-plugin-llm-inference/legacy';
`,
  );
  insertAfter(
    entityPage,
    `const overviewContent = (
  <Grid container spacing={3} alignItems="stretch">
    {entityWarningContent}
`,
    `    <EntitySwitch>
      <EntitySwitch.Case if={isLlmInferenceAvailable}>
        <Grid item xs={12}>
          <EntityServingCard />
        </Grid>
      </EntitySwitch.Case>
    </EntitySwitch>
`,
  );
  insertAfter(
    entityPage,
    `const defaultEntityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      {overviewContent}
    </EntityLayout.Route>
`,
    `
    <EntityLayout.Route
      path="/serving"
      title="Serving"
      if={isLlmInferenceAvailable}
    >
      <EntityServingContent />
    </EntityLayout.Route>
`,
  );
}

/** A file that only the type check reads: the main entry point has types outside this repository too. */
export function useTypesOfMainEntry(dir) {
  fs.writeFileSync(
    path.join(dir, 'packages', 'app', 'src', 'llmInferenceTypes.ts'),
    `import plugin, {
  fleetRouteRef,
  llmInferenceApiRef,
  llmInferenceTranslationRef,
  type EntityServingCardProps,
} from 'backstage-plugin-llm-inference';

export const props: EntityServingCardProps = { maxPods: 10 };
export const pluginId: string = plugin.pluginId;
export const refs = [fleetRouteRef, llmInferenceApiRef, llmInferenceTranslationRef];
// @ts-expect-error There are types, and they refuse what is wrong.
export const wrong: EntityServingCardProps = { maxPods: 'many' };
`,
  );
}
