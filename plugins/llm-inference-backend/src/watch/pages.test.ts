import { readPage } from './pages';

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'llm', ...more },
  spec: { containers: [{ name: 'main' }] },
});

function namesOf(text: string): Array<string | undefined> {
  return [...readPage(text).objects].map(({ metadata }) => metadata?.name);
}

/** As the API server writes lists of its own kinds: the items last. */
function typed(items: unknown[]): string {
  return `${JSON.stringify({
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: { resourceVersion: '7', continue: 'more' },
    items,
  })}\n`;
}

/** As it writes lists of custom resources: by the names of the fields. */
function custom(items: unknown[]): string {
  return JSON.stringify({
    apiVersion: 'serving.kserve.io/v1alpha2',
    items,
    kind: 'LLMInferenceServiceList',
    metadata: { continue: '', resourceVersion: '8' },
  });
}

describe('a page of a list', () => {
  it('tells its version and where it goes on, and gives its objects the kind of the list', () => {
    const page = readPage(typed([pod('a'), pod('b')]));
    expect(page).toMatchObject({ resourceVersion: '7', continueToken: 'more' });
    expect([...page.objects]).toEqual([
      { ...pod('a'), kind: 'Pod', apiVersion: 'v1' },
      { ...pod('b'), kind: 'Pod', apiVersion: 'v1' },
    ]);
  });

  it('is read in the order of custom resources, whose items name their kind', () => {
    const named = {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
    };
    const items = ['a', 'b'].map(name => ({ ...named, ...pod(name) }));
    const page = readPage(custom(items));
    expect(page.resourceVersion).toBe('8');
    expect(page.continueToken).toBeUndefined();
    expect([...page.objects]).toEqual(items);
  });

  it.each([
    ['no items', []],
    ['one', [pod('a')]],
    ['items without a name between others', [pod('a'), { metadata: {} }, null]],
    ['something else before the first', [null, 'x', pod('a'), pod('b')]],
    [
      'another shape at the beginning',
      [{ foo: 1, metadata: { name: 'x' } }, pod('a')],
    ],
    [
      'objects within objects that begin like items',
      [
        {
          ...pod('a'),
          spec: { templates: [pod('inner-1'), pod('inner-2')] },
        },
        pod('b'),
      ],
    ],
    [
      'texts that look like the border of two items',
      [pod('a', { annotations: { note: '},{"metadata":{"name":"no"' } })],
    ],
    [
      'notes of who wrote which field',
      [
        pod('a', {
          managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:x': {} } }],
        }),
        pod('b'),
      ],
    ],
  ])('holds the objects that JSON.parse finds: %s', (_title, items) => {
    for (const text of [typed(items), custom(items)]) {
      const wanted = (
        JSON.parse(text) as {
          items: Array<{ metadata?: { name?: string } } | null | string>;
        }
      ).items.flatMap(item =>
        item && typeof item === 'object' && item.metadata?.name
          ? [item.metadata.name]
          : [],
      );
      // Where a cut was wrong the page is read again from its beginning.
      expect([...new Set(namesOf(text))]).toEqual(wanted);
    }
  });

  it('is refused where it is no list, or no JSON', () => {
    expect(() => readPage('{"items":null,"metadata":{}}')).toThrow(
      'not a list with a resource version',
    );
    expect(() => readPage('<html>')).toThrow('malformed JSON');
    const cutOff = typed([pod('a'), pod('b')]).replace('"main"}]}}]}', '');
    expect(() => namesOf(cutOff)).toThrow('malformed JSON');
  });
});
