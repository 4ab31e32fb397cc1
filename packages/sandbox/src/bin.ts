import { createSandbox, SANDBOX_WEBHOOK_SECRET } from './Sandbox';

const LONGEST_STOP_MS = 2_000;

/** Port of a setting; the default where it is unset. @throws Error that names the setting */
function portOf(setting: string, fallback: number): number {
  const value = process.env[setting];
  const port = value ? Number(value) : fallback;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(
      `${setting}=${value} is not a port. Set it to a whole number from 1 to 65535.`,
    );
  }
  return port;
}

async function main(): Promise<void> {
  const backend = `http://127.0.0.1:${portOf('BACKEND_PORT', 7007)}`;
  const sandbox = await createSandbox({
    ports: {
      control: portOf('SANDBOX_CONTROL_PORT', 7100),
      gitHub: portOf('SANDBOX_GITHUB_PORT', 7101),
      clusters: {
        'gpu-east': portOf('SANDBOX_GPU_EAST_PORT', 7102),
        'gpu-west': portOf('SANDBOX_GPU_WEST_PORT', 7103),
      },
    },
    pushWebhooks: [
      {
        url: `${backend}/api/events/http/github`,
        secret: SANDBOX_WEBHOOK_SECRET,
      },
    ],
    log: message => console.log(message),
  });
  let isStopping = false;
  const stop = () => {
    if (!isStopping) {
      isStopping = true;
      // Nothing here outlives the process: a round of the sync that is under way is not waited for.
      setTimeout(() => process.exit(0), LONGEST_STOP_MS);
      void sandbox.close().then(() => process.exit(0));
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (const cluster of sandbox.api.clusters) {
    console.log(`cluster ${cluster.name}: ${cluster.url}`);
  }
  console.log(`github: ${sandbox.gitHub.url}`);
  console.log(`gitops: ${sandbox.gitOps.url}/status`);
  console.log(`control: ${sandbox.control.url}`);
  console.log('sandbox is ready');
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
