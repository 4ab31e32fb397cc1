import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { readPage } from './pages';

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'llm', ...more },
  spec: { containers: [{ name: 'main' }] },
});

/** Reads a page that arrives in chunks of so many bytes. */
async function read(text: string, chunkBytes = 100_000) {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      yield bytes.subarray(at, at + chunkBytes);
    }
  }
  const objects: KubernetesObject[] = [];
  const frame = await readPage(chunks(), async items => {
    objects.push(...items);
  });
  return { ...frame, objects };
}

function noted(name: string, note: string) {
  return pod(name, { annotations: { note } });
}

function volumes(name: string) {
  const items = [
    { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
  ];
  return { ...pod(name), spec: { volumes: [{ downwardAPI: { items } }] } };
}

/** What is kept of an item: the notes of who wrote which field are cut. */
function withoutNotes(item: unknown) {
  const { metadata, ...rest } = structuredClone(item) as KubernetesObject;
  delete metadata?.managedFields;
  return { metadata, ...rest };
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
  it('tells its version and where it goes on, and gives its objects the kind of the list', async () => {
    const page = await read(typed([pod('a'), pod('b')]));
    expect(page).toMatchObject({ resourceVersion: '7', continueToken: 'more' });
    expect(page.objects).toEqual([
      { ...pod('a'), kind: 'Pod', apiVersion: 'v1' },
      { ...pod('b'), kind: 'Pod', apiVersion: 'v1' },
    ]);
  });

  it('is read in the order of custom resources, whose items name their kind', async () => {
    const named = {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
    };
    const items = ['a', 'b'].map(name => ({ ...named, ...pod(name) }));
    const page = await read(custom(items));
    expect(page.resourceVersion).toBe('8');
    expect(page.continueToken).toBeUndefined();
    expect(page.objects).toEqual(items);
  });

  it.each([
    ['all of it', '"kind":"PodList","apiVersion":"v1",', ''],
    ['its kind alone', '"kind":"PodList",', ',"apiVersion":"v1"'],
    ['nothing', '', ',"apiVersion":"v1","kind":"PodList"'],
  ])(
    'gives objects what the list says of them: %s before them, the rest behind',
    async (_title, before, behind) => {
      const opening = { extra: { kind: 'no' } };
      for (const items of [
        [pod('a'), pod('b'), pod('c')],
        [pod('a'), pod('b')].map(item => ({ ...opening, ...item })),
      ]) {
        const { objects, continueToken } = await read(
          `{${before}"items":${JSON.stringify(
            items,
          )},"metadata":{"resourceVersion":"7","continue":"a]b"}${behind}}`,
        );
        expect(continueToken).toBe('a]b');
        expect(objects).toEqual(
          items.map(item => ({ ...item, kind: 'Pod', apiVersion: 'v1' })),
        );
      }
    },
  );

  it('gives objects the kind of a list that names it behind them', async () => {
    const { objects } = await read(custom([pod('a'), pod('b')]));
    expect(objects.map(({ kind }) => kind)).toEqual([
      'LLMInferenceService',
      'LLMInferenceService',
    ]);
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
      'an object with very many that begin like items',
      [
        pod('a'),
        {
          ...pod('b'),
          spec: { values: Array.from({ length: 2_000 }, () => pod('inner')) },
        },
        pod('c'),
        pod('d'),
      ],
    ],
    [
      'texts with quotes and brackets',
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
    [
      'other things between others, and at the end',
      [pod('a'), null, pod('b'), { foo: 1, metadata: { name: 'x' } }],
    ],
    ['volumes with items of their own', [volumes('a'), volumes('b')]],
    [
      'texts of many bytes per letter',
      [noted('a', 'Größe → 模型 🚀'), pod('b')],
    ],
    [
      'more than is read at a time',
      Array.from({ length: 40 }, (_, i) =>
        noted(`pod-${i}`, '模型'.repeat(999)),
      ),
    ],
    [
      'an object of more than is read at a time',
      [pod('a'), noted('b', '},{"metadata":{"'.repeat(20_000)), pod('c')],
    ],
  ])('holds the objects that JSON.parse finds: %s', async (_title, items) => {
    for (const text of [typed(items), custom(items)]) {
      const list = JSON.parse(text) as { items: unknown[] };
      const wanted = list.items.filter(
        item => (item as KubernetesObject | null)?.metadata?.name,
      );
      for (const chunkBytes of text.length > 50_000
        ? [16_384, 65_537]
        : [1, 7, 100_000]) {
        const { objects } = await read(text, chunkBytes);
        expect(objects).toEqual(
          wanted.map(item => expect.objectContaining(withoutNotes(item))),
        );
      }
    }
  });

  it('is refused where it is no list, or no JSON', async () => {
    await expect(read('{"items":null,"metadata":{}}')).rejects.toThrow(
      'not a list with a resource version',
    );
    await expect(read('<html>')).rejects.toThrow('malformed JSON');
    await expect(read('')).rejects.toThrow('malformed JSON');
    const whole = typed([pod('a'), pod('b')]);
    for (const cutOff of [
      whole.replace('"main"}]}}]}', ''),
      whole.slice(0, -3),
      whole.slice(0, whole.indexOf(',{"metadata"')),
      whole.slice(0, whole.indexOf('"items"')),
    ]) {
      await expect(read(cutOff)).rejects.toThrow('malformed JSON');
    }
  });

  it('gives its first objects away before it has arrived', async () => {
    const text = typed(
      Array.from({ length: 100 }, (_, i) =>
        noted(`pod-${i}`, 'x'.repeat(10_000)),
      ),
    );
    let sent = 0;
    async function* chunks() {
      for (; sent < text.length; sent += 65_536) {
        yield Buffer.from(text.slice(sent, sent + 65_536));
      }
    }
    const ahead: number[] = [];
    let taken = 0;
    await readPage(chunks(), async items => {
      for (const item of items) taken += JSON.stringify(item).length;
      ahead.push(sent - taken);
    });
    // Of a megabyte: a chunk on its way, a piece, and what has begun of the next object.
    expect(Math.max(...ahead)).toBeLessThan(3 * 65_536);
  });
});
