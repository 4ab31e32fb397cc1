import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ALL_RESOURCES, WATCHED_RESOURCES } from './resources';

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

const granted = (file: string) =>
  rulesOf(file)
    .flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap(group =>
        resources.map(resource => `${group}/${resource}`),
      ),
    )
    .sort();

const named = (resources: typeof ALL_RESOURCES) =>
  resources.map(({ group, plural }) => `${group}/${plural}`).sort();

describe('the roles for watching', () => {
  it('grant what is watched, and nothing else', () => {
    expect(granted('watch.yaml')).toEqual(named(WATCHED_RESOURCES));
    expect(granted('gitops.yaml')).toEqual(
      named(ALL_RESOURCES.filter(({ optionalRole }) => optionalRole)),
    );
  });

  it.each(['watch.yaml', 'gitops.yaml'])('only read: %s', file => {
    for (const { verbs } of rulesOf(file)) {
      expect(verbs).toEqual(['get', 'list', 'watch']);
    }
  });

  it.each([
    'watch.yaml',
    'capabilities.yaml',
    'gitops.yaml',
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
