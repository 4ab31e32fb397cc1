import { stringify } from 'yaml';
import { yamlLines } from './yamlLines';

const kinds = (yaml: string) =>
  yamlLines(yaml).map(pieces =>
    pieces
      .filter(({ kind }) => kind !== 'space' && kind !== 'sign')
      .map(({ kind, text }) => `${kind} ${text.trim()}`)
      .join(', '),
  );

describe('the lines of a manifest', () => {
  it('tell keys, words and texts apart', () => {
    expect(
      kinds(
        stringify({
          replicas: 2,
          on: true,
          'a.b/c': 'x: y',
          env: [{ name: 'UCX_TLS', value: 'rc,sm' }],
          args: ['--port', '8000'],
          empty: {},
        }),
      ),
    ).toEqual([
      'key replicas, word 2',
      'key on, word true',
      'key a.b/c, text "x: y"',
      'key env',
      'key name, text UCX_TLS',
      'key value, text rc,sm',
      'key args',
      'text --port',
      'text "8000"',
      'key empty, word {}',
    ]);
  });

  it('take a text over several lines for a text, up to its end', () => {
    expect(
      kinds(
        stringify({
          command: ['/bin/bash', 'set -e\nkey: no key\n\n- no entry\n'],
          containers: [{ script: 'a: 1\nb: 2\n', name: 'main' }],
          after: 1,
        }),
      ),
    ).toEqual([
      'key command',
      'text /bin/bash',
      'text |',
      'text set -e',
      'text key: no key',
      'text ',
      'text - no entry',
      'key containers',
      'key script, text |',
      'text a: 1',
      'text b: 2',
      'key name, text main',
      'key after, word 1',
    ]);
  });

  it('lose nothing', () => {
    const yaml = stringify(
      {
        'odd "key"': { 'it: is': ["a'b", 'c"d', '# no comment', '', null] },
        nested: [[{ a: [1] }], 'text with: colon', '{"json": true}'],
      },
      { lineWidth: 0 },
    );
    expect(
      yamlLines(yaml)
        .map(pieces => pieces.map(({ text }) => text).join(''))
        .join('\n'),
    ).toBe(yaml.trimEnd());
  });
});
