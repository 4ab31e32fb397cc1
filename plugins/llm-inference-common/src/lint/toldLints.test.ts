import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Finding } from './Finding';
import { LINT_IDS } from './lintIds';
import { lintManifests } from './lintManifests';
import { CASES } from './__fixtures__/allCases';
import { changed, D, goodPolicy } from './__fixtures__/services';

/**
 * Every shape in which the lints tell what they find, by example: what other languages have to have words for.
 * Written anew with WRITE_TOLD=1.
 */
const FILE = join(__dirname, '__fixtures__', 'told.json');

type Told = Pick<Finding, 'id' | 'message' | 'fix' | 'words'>;

/** The code decides what is said; all other words only stand in it. */
function shapeOf({ id, words = {} }: Told): string {
  const names = Object.keys(words).sort().join(' ');
  return `${id} ${words.code ?? ''} ${names}`;
}

const ALL: Told[] = Object.values(LINT_IDS)
  .flat()
  .flatMap(id =>
    CASES[id].faulty.flatMap(test =>
      lintManifests(
        test.objects ?? [changed(test.changes ?? {}), goodPolicy],
        test.options,
      ).filter(finding => finding.id === id),
    ),
  )
  .map(({ id, message, fix, words }) => ({ id, message, fix, words }));

it('tells findings in the shapes that other languages know', () => {
  const shapes = new Map<string, Told>();
  for (const told of ALL) {
    const shape = shapeOf(told);
    if (!shapes.has(shape)) shapes.set(shape, told);
  }
  const told = [...shapes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, example]) => example);
  if (process.env.WRITE_TOLD) {
    writeFileSync(FILE, `${JSON.stringify(told, null, 2)}\n`);
  }
  expect(told).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});

it('puts no word beside a finding that its sentences do not hold', () => {
  const others = ALL.flatMap(({ message, fix, words = {} }) => {
    const said = `${message} ${fix}`.toLowerCase();
    return Object.entries(words)
      .filter(([, value]) =>
        value
          .toLowerCase()
          .split(', ')
          .some(part => !said.includes(part)),
      )
      .map(([name]) => name);
  });
  // What a sentence has in other words: a code, a character by its name, and a setting by its field.
  expect([...new Set(others)].sort()).toEqual(['character', 'code', 'setting']);
});

it('leaves the words out where a sentence had a secret in it', () => {
  const [finding] = lintManifests(
    [
      changed({
        [`${D}.image`]: `example.org/hf_${'a1'.repeat(12)}:1`,
      }),
    ],
    {},
  ).filter(({ id }) => id === 'image-not-pinned');
  expect(finding.message).toContain('hf_***');
  expect(finding).not.toHaveProperty('words');
});
