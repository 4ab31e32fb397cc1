import { contents, heading, load, page } from './source.mjs';

const HEALTH = 'plugins/llm-inference-common/src/health';

/** A service in which each cause is the root, with the words of its scenario. */
function examplesById() {
  const { CAUSE_SCENARIOS } = load(`${HEALTH}/__testUtils__/causeScenarios.ts`);
  const { ServiceBuilder } = load(`${HEALTH}/__testUtils__/ServiceBuilder.ts`);
  const { loadScenarios } = load(`${HEALTH}/__testUtils__/loadScenarios.ts`);
  const examples = new Map();
  for (const { cause, kind, why, build } of CAUSE_SCENARIOS) {
    if (kind === 'root' && !examples.has(cause)) {
      const service = new ServiceBuilder();
      build(service);
      examples.set(cause, { why, observation: service.observe() });
    }
  }
  for (const { expect, why, ...observation } of loadScenarios()) {
    if (expect.rootCause && !examples.has(expect.rootCause)) {
      examples.set(expect.rootCause, { why, observation });
    }
  }
  return examples;
}

function section(id, { why, observation }, assessService) {
  const health = assessService(observation);
  const cause = health.causes.find(found => found.id === id);
  const quotes = cause.evidence
    .slice(0, 3)
    .map(({ kind, object, quote }) => `${kind} of ${object}:\n${quote}`)
    .join('\n\n');
  return `### \`${id}\`

**${cause.title}** · ${cause.severity} · for example: ${why}

> ${health.summary}

${cause.explanation}

**What to do.** ${cause.remedy}

\`\`\`text
${quotes}
\`\`\``;
}

/** The page of all causes: what each says of a service in which it is the root. */
export function causesPage() {
  const { assessService } = load(`${HEALTH}/assessService.ts`);
  const { CAUSE_IDS } = load(`${HEALTH}/CauseId.ts`);
  const examples = examplesById();
  const groups = Object.entries(CAUSE_IDS);
  const sections = groups.map(
    ([group, ids]) =>
      `## ${heading(group)}\n\n${ids
        .map(id => section(id, examples.get(id), assessService))
        .join('\n\n')}`,
  );
  return page(
    'Causes',
    `Everything that the portal can name as the reason why a service is not as it should be: ${
      groups.flatMap(([, ids]) => ids).length
    } causes. Each is shown here as it speaks of one
service of its scenario: the sentence on the card, what it means, what to do, and the evidence, quoted. Names and numbers are
those of the example. The scenarios are tests: where the cause must be the root, and near misses in which it must not appear.`,
    [contents(groups), ...sections].join('\n\n'),
  );
}
