import { affectedLocations } from './affectedLocations';

const REPOSITORY = 'https://github.com/platform/llm-gitops';
const SERVICES = `${REPOSITORY}/blob/main/services/*/catalog-info.yaml`;

function push(files: {
  added?: string[];
  modified?: string[];
  removed?: string[];
  ref?: string;
}) {
  const { added = [], modified = [], removed = [] } = files;
  return {
    ref: files.ref ?? 'refs/heads/main',
    repository: { html_url: REPOSITORY },
    commits: [{ added, modified, removed }],
  };
}

describe('affectedLocations', () => {
  it.each(['added', 'modified', 'removed'])(
    'names a wildcard location when a file of it was %s',
    change => {
      const payload = push({ [change]: ['services/chat/catalog-info.yaml'] });

      expect(affectedLocations([SERVICES], payload)).toEqual([SERVICES]);
    },
  );

  it('names a location of one file, also by its tree address', () => {
    const target = `${REPOSITORY}/tree/main/catalog-info.yaml`;

    expect(
      affectedLocations([target], push({ modified: ['catalog-info.yaml'] })),
    ).toEqual([target]);
  });

  it.each([
    ['another file', push({ added: ['services/chat/base/service.yaml'] })],
    ['a deeper folder', push({ added: ['services/a/b/catalog-info.yaml'] })],
    [
      'another branch',
      push({
        added: ['services/chat/catalog-info.yaml'],
        ref: 'refs/heads/chat',
      }),
    ],
  ])('leaves a location alone on a push of %s', (_, payload) => {
    expect(affectedLocations([SERVICES], payload)).toEqual([]);
  });

  it('leaves locations of a repository with a longer name alone', () => {
    const other = SERVICES.replace('llm-gitops', 'llm-gitops-old');

    expect(
      affectedLocations(
        [other],
        push({ added: ['services/chat/catalog-info.yaml'] }),
      ),
    ).toEqual([]);
  });

  it('refuses a payload that is not a push', () => {
    expect(() =>
      affectedLocations([SERVICES], { zen: 'Keep it simple' }),
    ).toThrow(/repository/);
  });
});
