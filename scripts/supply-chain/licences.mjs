/**
 * Lists the licences of everything that reaches users and compares them with what is allowed.
 *
 *   yarn licences            a count per licence, and what is not allowed
 *   yarn licences --all      every package
 */
import fs from 'node:fs';
import satisfies from 'spdx-satisfies';
import { prepare, say } from '../lib/toolchain.mjs';
import { ALLOWED, EXCEPTIONS } from './allowedLicences.mjs';
import { writeBills } from './sbom.mjs';

/** Components of a bill, those inside others too. */
function components({ components: own = [] }) {
  return own.flatMap(one => [one, ...components(one)]);
}

function nameOf({ group, name }) {
  return group ? `${group}/${name}` : name;
}

/** The licences of a component as one SPDX expression; undefined where it names none that SPDX knows. */
function expressionOf({ licenses = [] }) {
  const parts = licenses.map(
    ({ expression, license }) => expression ?? license?.id,
  );
  if (parts.length === 0 || parts.some(part => !part)) return undefined;
  return [...new Set(parts)].map(part => `(${part})`).join(' AND ');
}

function isAllowed(expression) {
  try {
    return satisfies(expression, ALLOWED);
  } catch {
    // No SPDX expression: somebody has to look at it.
    return false;
  }
}

const bills = await writeBills(prepare());
const own = new Set(bills.map(({ name }) => name));
const found = new Map();
for (const { file } of bills) {
  for (const one of components(JSON.parse(fs.readFileSync(file, 'utf8')))) {
    const name = nameOf(one);
    if (!own.has(name))
      found.set(`${name}@${one.version}`, {
        name,
        expression: expressionOf(one),
      });
  }
}

const counts = new Map();
const refused = [];
const used = new Set();
for (const [id, { name, expression }] of [...found].sort()) {
  const licence = expression?.replace(/^\(([^()]*)\)$/, '$1') ?? 'not said';
  counts.set(licence, (counts.get(licence) ?? 0) + 1);
  if (process.argv.includes('--all')) say(`${id}  ${licence}`);
  if (expression && isAllowed(expression)) continue;
  if (name in EXCEPTIONS) used.add(name);
  else refused.push(`${id}: ${licence}`);
}
for (const [licence, count] of [...counts].sort((a, b) => b[1] - a[1]))
  say(`${String(count).padStart(6)}  ${licence}`);
for (const name of Object.keys(EXCEPTIONS).filter(one => !used.has(one)))
  refused.push(`the exception for ${name} is no longer needed`);
if (refused.length) {
  say('\nNot allowed (scripts/supply-chain/allowedLicences.mjs says what is):');
  refused.forEach(line => say(`  ${line}`));
}
say(`\n${found.size - refused.length} passed, ${refused.length} failed`);
process.exit(refused.length ? 1 : 0);
