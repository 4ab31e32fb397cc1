import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import MarkdownIt from 'markdown-it';
import { hasKubectl, Kubectl } from './kubernetes/testing/kubectl';
import { describeIf } from './kubernetes/testing/skipping';
import { createSandbox, Sandbox } from './Sandbox';

const TUTORIAL = join(__dirname, '../../../docs/tutorial/sandbox.md');

/** The commands of the tutorial that speak to the sandbox, in their order. */
const commandsOf = (tool: string) =>
  new MarkdownIt()
    .parse(readFileSync(TUTORIAL, 'utf8'), {})
    .filter(({ type, info }) => type === 'fence' && info === 'sh')
    .map(({ content }) => content.trim())
    .filter(command => command.startsWith(tool));

const hasCurl = () => spawnSync('curl', ['--version']).status === 0;

describe('the tutorial', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ speed: 2_000 });
  });
  afterAll(async () => {
    await sandbox.close();
  });

  it('speaks to the sandbox', () => {
    expect(commandsOf('curl ').length).toBeGreaterThan(5);
    expect(commandsOf('kubectl --server ')).toHaveLength(1);
  });

  describeIf(hasCurl(), 'curl is not on the PATH')('with curl', () => {
    it.each(commandsOf('curl '))('works: %s', async command => {
      const { stdout } = await promisify(execFile)('bash', [
        '-c',
        command
          .replace(/^curl /, 'curl -sS -w "\\n%{http_code}" ')
          .replace('http://127.0.0.1:7100', sandbox.control.url),
      ]);
      expect(stdout.split('\n').pop()).toMatch(/^20\d$/);
    });
  });

  describeIf(hasKubectl(), 'kubectl is not on the PATH')('with kubectl', () => {
    it.each(commandsOf('kubectl --server '))('works: %s', async command => {
      const kubectl = new Kubectl('');
      const east = sandbox.api.clusters.find(({ name }) => name === 'gpu-east');
      const [, ...args] = command
        .replace('http://127.0.0.1:7102', String(east?.url))
        .split(' ');
      const { code, stdout, stderr } = await kubectl.run(args);
      kubectl.dispose();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('qwen2-7b-chat');
    });
  });
});
