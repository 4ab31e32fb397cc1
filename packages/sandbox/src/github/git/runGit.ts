import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/**
 * Runs git, without the machine's own settings, and returns what it writes.
 * Fails with what git says, or with what to install where there is no git.
 */
export async function runGit(
  args: string[],
  options: { env?: Record<string, string>; input?: Buffer } = {},
): Promise<Buffer> {
  const git = spawn('git', args, {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...options.env,
    },
    stdio: 'pipe',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.once('error', reject).once('close', resolve);
  });
  // A git that ends early closes its input; its exit code tells why.
  git.stdin.on('error', () => {});
  git.stdin.end(options.input);
  try {
    const [output, problems, code] = await Promise.all([
      buffer(git.stdout),
      buffer(git.stderr),
      ended,
    ]);
    if (code !== 0) {
      throw new Error(`git ${args[0]} failed: ${problems.toString().trim()}`);
    }
    return output;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('Cloning and pushing need git: install it', {
        cause: error,
      });
    }
    throw error;
  }
}
