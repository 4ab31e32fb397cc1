/** `describe` where a condition holds; elsewhere the suite is skipped and a message says why. */
export function describeIf(condition: boolean, why: string): jest.Describe {
  if (condition) {
    return describe;
  }
  process.stderr.write(`Skipped: ${why}\n`);
  return describe.skip;
}
