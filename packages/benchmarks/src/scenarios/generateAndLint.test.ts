import { prepareGenerateAndLint } from './generateAndLint';

describe('generate + lint', () => {
  it('judges what it generates, and finds nothing above advice', () => {
    const findings = prepareGenerateAndLint()();
    expect(findings.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
