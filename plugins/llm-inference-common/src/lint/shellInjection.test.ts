import { spawnSync } from 'node:child_process';

import * as fc from 'fast-check';

import { splitShellWords } from '../resource/shellWords';
import { changed, D, singleService } from './__fixtures__/services';
import { lintManifests } from './lintManifests';
import { findShellHazard } from './shellHazards';

/** Ways to make the shell of the start script do something else. */
const CORPUS = [
  '--seed $(touch /tmp/x)',
  '--seed `touch /tmp/x`',
  '--seed "$(touch /tmp/x)"',
  '--seed "`touch /tmp/x`"',
  '--seed ${IFS}x',
  '--seed $HOME',
  '--seed 1; touch /tmp/x',
  '--seed 1;touch /tmp/x;',
  '--seed 1 && touch /tmp/x',
  '--seed 1 & touch /tmp/x',
  '--seed 1 || touch /tmp/x',
  '--seed 1 | tee /tmp/x',
  '--seed 1 > /tmp/x',
  '--seed 1 >> /tmp/x',
  '--seed 1 < /etc/passwd',
  '--seed <(touch /tmp/x)',
  '--seed 1\ntouch /tmp/x',
  '--seed 1\r\ntouch /tmp/x',
  '--seed 1 \\\ntouch /tmp/x',
  "--seed 'a'$(touch /tmp/x)'b'",
  "--seed 'a'; touch /tmp/x; echo 'b'",
  "--seed \\'$(touch /tmp/x)\\'",
  '--seed $((1+1))',
  "--seed $'\\n'touch",
  '--seed (touch /tmp/x)',
  '(touch /tmp/x)',
  "--seed 'unclosed",
  '--seed "unclosed',
  '--seed unclosed\\',
  '--seed 1 # the rest is lost --kv-transfer-config x',
  '# lost',
  '--seed \0',
  "--seed '\0'",
  '--seed "a\'b" $(touch /tmp/x)',
];

const HARMLESS = [
  "--seed ''\"'\"'$(touch /tmp/x)'",
  '',
  '--seed 1',
  '--served-model a=b,c=d',
  "--seed '$(touch /tmp/x); `x` & | < > ( )'",
  `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`,
  "--chat-template 'it is # not a comment'",
  '--seed a#b',
  '--name "two words"',
  '--path /mnt/models/x_1.2+3@4%5:6,7',
  '--name \u202Eright-to-left',
];

describe('text that the start script evaluates', () => {
  const idsOf = (text: string) =>
    ['env[2].value', 'args'].map(field =>
      lintManifests([
        singleService({
          [`${D}.env[2].value`]: '',
          [`${D}.${field}`]: field === 'args' ? [text] : text,
        }),
      ]).flatMap(({ id, level }) =>
        id === 'shell-metacharacters' ? [level] : [],
      ),
    );

  it.each(CORPUS)('is refused: %j', text => {
    expect(idsOf(text)).toEqual([['error'], ['error']]);
  });

  it.each(HARMLESS)('is left alone: %j', text => {
    expect(idsOf(text)).toEqual([[], []]);
  });

  it.each([
    'qwen$(id)',
    'qwen`id`',
    'qwen;id',
    'qwen id',
    "qwen'",
    'qwen"',
    'qwen\nid',
    'qwen|id',
    'qwen>x',
    'qwen\\',
    'qwen&',
    'qwen*',
    'qwen{a,b}',
    '',
    '\u202Eqwen',
  ])('is refused as the name of a model: %j', name => {
    const ids = lintManifests([changed({ 'spec.model.name': name })]).map(
      ({ id }) => id,
    );
    expect(ids).toContain(
      name === '' ? 'model-name-default' : 'shell-metacharacters',
    );
  });

  it('is judged in time, however long it is', () => {
    for (const unit of ["'", '"', '\\', '$', '{', 'a ', '://a:a']) {
      const text = unit.repeat(1_000_000 / unit.length);
      const findings = lintManifests([
        changed({ [`${D}.env[2].value`]: text, 'spec.model.name': text }),
      ]);
      for (const { message } of findings) {
        expect(message.length).toBeLessThan(1000);
      }
    }
  });
});

const bash = spawnSync('bash', ['--version']).status === 0;

(bash ? describe : describe.skip)(
  `a real shell${bash ? '' : ' (skipped: there is no bash here)'}`,
  () => {
    /** What bash makes of each text when the start script evaluates it: its words, or `failed`. */
    function evaluate(texts: readonly string[]): string[] {
      const script = `
        while IFS= read -r -d '' VLLM_ADDITIONAL_ARGS; do
          ( eval "exec printf '<%s>' start \${VLLM_ADDITIONAL_ARGS}" ) 2>/dev/null || printf failed
          printf '\\0'
        done`;
      const { stdout } = spawnSync('bash', ['-f', '-c', script], {
        input: texts.map(text => `${text}\0`).join(''),
        env: { PATH: process.env.PATH },
        encoding: 'utf8',
      });
      return stdout.split('\0').slice(0, -1);
    }

    it('takes whatever passes as plain words, and nothing more', () => {
      const piece = fc.constantFrom(
        ...[`'`, `"`, '\\', '$', '`', ';', '&', '|', '<', '(', '#', ' ', '\n'],
        ...['a', '--b', '=', '1', '$(id)', '${x}', `'c d'`, `"e f"`],
      );
      const texts = fc
        .sample(fc.array(piece, { maxLength: 8 }), {
          numRuns: 20_000,
          seed: 20260101,
        })
        .map(pieces => pieces.join(''))
        .filter(text => findShellHazard(text) === undefined);
      const distinct = [...new Set(texts)];
      expect(distinct.length).toBeGreaterThan(200);
      const wanted = distinct.map(text =>
        ['start', ...splitShellWords(text).map(word => word.text)]
          .map(word => `<${word}>`)
          .join(''),
      );
      expect(evaluate(distinct)).toEqual(wanted);
    });
  },
);
