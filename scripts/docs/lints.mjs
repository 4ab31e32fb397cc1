import { contents, heading, load, page } from './source.mjs';

const LINT = 'plugins/llm-inference-common/src/lint';

function section(id, level, { faulty, fine }, services, lintManifests) {
  const test = faulty[0];
  const [finding] = lintManifests(
    test.objects ?? [services.changed(test.changes ?? {}), services.goodPolicy],
    test.options,
  ).filter(found => found.id === id);
  return `### \`${id}\`

**${level}** · for example: ${test.why}, at \`${finding.path}\`

${finding.message}

**Fix.** ${finding.fix}

Tests: ${faulty.length} with the fault, ${fine.length} near ${
    fine.length === 1 ? 'miss' : 'misses'
  } in which it stays silent.`;
}

/** The page of all lints: level, path, message and fix, as found in the first faulty manifest of its tests. */
export function lintsPage() {
  const { LINT_IDS } = load(`${LINT}/lintIds.ts`);
  const { RULES } = load(`${LINT}/rules.ts`);
  const { lintManifests } = load(`${LINT}/lintManifests.ts`);
  const { CASES } = load(`${LINT}/__fixtures__/allCases.ts`);
  const services = load(`${LINT}/__fixtures__/services.ts`);
  const levels = new Map(RULES.map(({ id, level }) => [id, level]));
  const groups = Object.entries(LINT_IDS);
  return page(
    'Lints',
    `What is looked for in a manifest before the pull request, in a template's workspace, in hand-written files and on what
runs: ${
      groups.flatMap(([, ids]) => ids).length
    } rules. The words are those of the first faulty manifest in each rule's tests.
An \`error\` will not work or is unsafe, a
\`warning\` works badly or by luck, an \`info\` is advice.`,
    [
      contents(groups),
      ...groups.map(
        ([group, ids]) =>
          `## ${heading(group)}\n\n${ids
            .map(id =>
              section(id, levels.get(id), CASES[id], services, lintManifests),
            )
            .join('\n\n')}`,
      ),
    ].join('\n\n'),
  );
}
