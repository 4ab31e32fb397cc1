/** Reads the few instructions that our Dockerfile uses; anything else is refused by name. */

const KNOWN = [
  'FROM',
  'RUN',
  'WORKDIR',
  'COPY',
  'ENV',
  'USER',
  'EXPOSE',
  'HEALTHCHECK',
  'CMD',
];

/** Stages in order, each with its name, what it starts from, and its instructions. */
export function readDockerfile(text) {
  const lines = text
    .split('\n')
    .filter(line => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  const stages = [];
  for (const line of lines) {
    const [, instruction, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (!KNOWN.includes(instruction))
      throw new Error(`Dockerfile: "${line}" is none of ${KNOWN.join(', ')}`);
    if (instruction === 'FROM') {
      const [from, , name] = rest.split(/\s+/);
      stages.push({ name, from, instructions: [] });
    } else {
      stages.at(-1).instructions.push({ instruction, rest });
    }
  }
  return stages;
}

/** Flags (`--from=build`) and words of an instruction. */
export function words(rest) {
  const all = rest.split(/\s+/);
  const flags = Object.fromEntries(
    all
      .filter(word => word.startsWith('--'))
      .map(word => word.slice(2).split(/=(.*)/s, 2)),
  );
  return { flags, args: all.filter(word => !word.startsWith('--')) };
}
