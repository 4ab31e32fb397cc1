import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { startActions } from '../__testUtils__/startActions';

const FOLDER = join(__dirname, '../../../../templates');
const FIELDS = [
  'EntityPicker',
  'LlmChangeImage',
  'LlmChangeMemory',
  'LlmChangeReason',
  'LlmChangeReplicas',
  'LlmImpact',
  'LlmModel',
  'LlmPlace',
  'LlmPool',
  'LlmPreview',
  'LlmProfile',
  'LlmRepository',
  'LlmServiceName',
  'OwnerPicker',
];
const BUILT_IN = [
  'catalog:register',
  'gitlab:repo:push',
  'publish:github',
  'publish:github:pull-request',
  'publish:gitlab',
  'publish:gitlab:merge-request',
];

interface Template {
  metadata: { name: string };
  spec: { parameters: Page[]; steps: Step[] };
}

const targets: string[] = parse(readFileSync(join(FOLDER, 'all.yaml'), 'utf8'))
  .spec.targets;
const templates: Template[] = targets.map(target =>
  parse(readFileSync(join(FOLDER, target), 'utf8')),
);

interface Page {
  required?: string[];
  properties: Record<string, Record<string, unknown>>;
}

describe('the templates that ship', () => {
  it('are all listed', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && entry.name !== 'profiles')
      .map(({ name }) => name);
    expect(templates.map(({ metadata }) => metadata.name).sort()).toEqual(
      folders.sort(),
    );
  });

  it.each(
    templates.map(template => [template.metadata.name, template] as const),
  )('%s uses fields, inputs and outputs that exist', async (_, template) => {
    const { actions, stop } = await startActions();
    await stop();
    const asked = new Set<string>();
    for (const { properties, required = [] } of template.spec.parameters) {
      for (const [name, shown] of Object.entries(properties)) {
        const { 'ui:field': field } = shown;
        asked.add(name);
        expect([undefined, ...FIELDS]).toContain(field);
        // One for the form, which warns of the other, and one for the review.
        expect(shown['ui:enumNames']).toEqual(shown.enumNames);
      }
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
    }
    expect(template.spec.parameters.length).toBeLessThanOrEqual(4);
    for (const { action, input } of template.spec.steps) {
      expect([...BUILT_IN, ...actions.keys()]).toContain(action);
      const schema = actions.get(action)?.schema?.input as
        | { properties: object }
        | undefined;
      expect(Object.keys(schema?.properties ?? input)).toEqual(
        expect.arrayContaining(Object.keys(input)),
      );
    }
    const text = JSON.stringify(template.spec);
    for (const [, name] of text.matchAll(/parameters\.(\w+)/g)) {
      expect([...asked]).toContain(name);
    }
    for (const [, step, output] of text.matchAll(
      /steps\.(\w+)\.output\.(\w+)/g,
    )) {
      const from = template.spec.steps.find(({ id }) => id === step);
      const schema = actions.get(from?.action ?? '')?.schema?.output as
        | { properties: object }
        | undefined;
      expect(Object.keys(schema?.properties ?? { [output]: 1 })).toContain(
        output,
      );
    }
  });
});

interface Step {
  id: string;
  action: string;
  input: Record<string, unknown>;
}
