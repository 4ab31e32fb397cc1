import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import MarkdownIt from 'markdown-it';
import { createSandbox, Sandbox } from './Sandbox';

const TUTORIAL = join(__dirname, '../../../docs/tutorial/sandbox.md');

/** The commands of the tutorial that speak to the sandbox, in their order. */
const COMMANDS = new MarkdownIt()
  .parse(readFileSync(TUTORIAL, 'utf8'), {})
  .filter(({ type, info }) => type === 'fence' && info === 'sh')
  .map(({ content }) => content.trim())
  .filter(command => command.startsWith('curl '));

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
}

(hasCurl() ? describe : describe.skip)('the tutorial (needs curl)', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ speed: 2_000 });
  }, 60_000);
  afterAll(async () => {
    await sandbox.close();
  });

  it('speaks to the sandbox', () => {
    expect(COMMANDS.length).toBeGreaterThan(5);
  });

  it.each(COMMANDS)('works: %s', async command => {
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      command
        .replace(/^curl /, 'curl -sS -w "\\n%{http_code}" ')
        .replace('http://127.0.0.1:7100', sandbox.control.url),
    ]);
    expect(stdout.split('\n').pop()).toMatch(/^20\d$/);
  });
});
