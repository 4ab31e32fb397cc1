/**
 * Runs the sandbox in a process, and so with a clock, of its own. `node --require … sandboxScript.ts <speed>` says
 * its addresses as one line of JSON, and ends with its standard input.
 */
import { createSandbox } from 'sandbox';

async function run() {
  const sandbox = await createSandbox({ speed: Number(process.argv[2]) });
  const clusters = sandbox.api.clusters.map(({ name, url }) => [name, url]);
  process.stdout.write(
    `${JSON.stringify({
      control: sandbox.control.url,
      clusters: Object.fromEntries(clusters),
    })}\n`,
  );
  process.stdin.resume();
  process.stdin.once('end', () => process.exit(0));
}

void run();
