import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { WATCHED_RESOURCES } from './resources';

const RBAC = join(__dirname, '../../../../docs/rbac');

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

function rulesOf(file: string): Rule[] {
  return parseAllDocuments(readFileSync(join(RBAC, file), 'utf8'))
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'ClusterRole')
    .flatMap(({ rules }) => rules);
}

describe('the role for watching', () => {
  const granted = rulesOf('watch.yaml').flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap(group =>
      resources.map(resource => `${group}/${resource}`),
    ),
  );

  it('grants what is watched, and nothing else', () => {
    expect([...granted].sort()).toEqual(
      WATCHED_RESOURCES.map(({ group, plural }) => `${group}/${plural}`).sort(),
    );
  });

  it('only reads', () => {
    for (const { verbs } of rulesOf('watch.yaml')) {
      expect(verbs).toEqual(['get', 'list', 'watch']);
    }
  });

  it.each([
    'watch.yaml',
    'capabilities.yaml',
    'logs.yaml',
    'metrics.yaml',
    'dry-run.yaml',
  ])('never reaches a Secret: %s', file => {
    const rules = rulesOf(file);
    expect(rules.length).toBeGreaterThan(0);
    for (const { resources, apiGroups } of rules) {
      expect(resources).not.toContain('secrets');
      expect([...resources, ...apiGroups]).not.toContain('*');
    }
  });
});
