import fs from 'node:fs';
import path from 'node:path';

/** More files than this that fail are no bad luck. */
const MOST_AGAIN = 3;

/**
 * Runs Jest over all workspaces. Test files that fail are run once more, alone: much of what they start is real
 * (databases, clusters' APIs, portals), and next to a thousand others on two cores it can be starved. What passes
 * only then counts as passed and is named as unsteady, so that it is seen and mended.
 *
 * @param jest - runs Jest with more arguments, and resolves to its exit code
 * @param resultsDir - the folder for Jest's reports
 * @returns numbers of tests, and the files that were unsteady
 */
export async function runUnitTests(jest, resultsDir) {
  const run = async (name, args) => {
    const report = path.join(resultsDir, name);
    fs.rmSync(report, { force: true });
    const code = await jest([...args, '--json', `--outputFile=${report}`]);
    if (!fs.existsSync(report)) return undefined;
    const result = JSON.parse(fs.readFileSync(report, 'utf8'));
    const failed =
      result.numFailedTests + (result.numRuntimeErrorTestSuites ?? 0);
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: result.numPendingTests,
      files: result.testResults,
    };
  };

  const first = await run('jest.json', ['--maxWorkers=2']);
  if (!first) return { passed: 0, failed: 1 };
  const broken = first.files.filter(file => file.status === 'failed');
  if (!broken.length || broken.length > MOST_AGAIN) return first;

  const names = broken.map(file => file.name);
  process.stdout.write(
    `\nOnce more, alone:\n${names.map(name => `  ${name}\n`).join('')}\n`,
  );
  const second = await run('jest-again.json', [
    '--maxWorkers=1',
    '--runTestsByPath',
    ...names,
  ]);
  // What was not found by its path has not passed either.
  const ran = new Set(second?.files.map(file => file.name));
  if (!second || names.some(name => !ran.has(name))) return first;
  const count = status =>
    broken
      .flatMap(file => file.assertionResults)
      .filter(test => test.status === status).length;
  return {
    passed: first.passed - count('passed') + second.passed,
    failed: second.failed,
    skipped: first.skipped - count('pending') + second.skipped,
    unsteady: second.files
      .filter(file => file.status === 'passed')
      .map(file => path.relative(process.cwd(), file.name)),
  };
}
