import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { REFUSED } from './__testUtils__/refusedInputs';
import type { Refusal } from './spec/Problem';
import { PROBLEM_CODES } from './spec/problemCodes';

/**
 * Every shape in which forms refuse, by example: what other languages have to have words for. Written anew with
 * WRITE_TOLD=1.
 */
const FILE = join(__dirname, '__fixtures__', 'toldProblems.json');

/** The code decides what is said; all other words only stand in it. */
const shapeOf = ({ code, words = {} }: Refusal) =>
  `${code} ${Object.keys(words).sort().join(' ')}`;

const ALL = PROBLEM_CODES.flatMap(code =>
  REFUSED[code]()
    .filter(problem => problem.code === code)
    .map(({ message, words }): Refusal => ({ code, message, words })),
);

it.each(PROBLEM_CODES)('refuses for the reason %s', code => {
  expect(REFUSED[code]()).toContainEqual(expect.objectContaining({ code }));
});

it('tells refusals in the shapes that other languages know', () => {
  const shapes = new Map<string, Refusal>();
  for (const told of ALL) {
    const shape = shapeOf(told);
    if (!shapes.has(shape)) shapes.set(shape, told);
  }
  const told = [...shapes.values()];
  if (process.env.WRITE_TOLD) {
    writeFileSync(FILE, `${JSON.stringify(told, null, 2)}\n`);
  }
  expect(told).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});

it('leaves no refusal of an example without its code', () => {
  for (const problem of Object.values(REFUSED).flatMap(refuse => refuse())) {
    expect(problem).toHaveProperty('code');
  }
});

it('puts no word beside a refusal that its sentence does not hold', () => {
  const others = ALL.flatMap(({ message, words = {} }) =>
    Object.entries(words)
      .filter(([, value]) =>
        value.split(', ').some(part => !message.includes(part)),
      )
      .map(([name]) => name),
  );
  expect(others).toEqual([]);
});
