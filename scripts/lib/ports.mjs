/** The ports of the portal, the setting of each, and whether they are free. */
import net from 'node:net';

/** Everything that listens, with the environment variable that moves it. */
export const PORTS = [
  { part: 'app', what: 'the portal', setting: 'PORTAL_PORT', fallback: 3000 },
  {
    part: 'backend',
    what: 'the backend',
    setting: 'BACKEND_PORT',
    fallback: 7007,
  },
  {
    part: 'sandbox',
    what: 'the sandbox',
    setting: 'SANDBOX_CONTROL_PORT',
    fallback: 7100,
  },
  {
    part: 'sandbox',
    what: "the sandbox's GitHub",
    setting: 'SANDBOX_GITHUB_PORT',
    fallback: 7101,
  },
  {
    part: 'sandbox',
    what: 'cluster gpu-east',
    setting: 'SANDBOX_GPU_EAST_PORT',
    fallback: 7102,
  },
  {
    part: 'sandbox',
    what: 'cluster gpu-west',
    setting: 'SANDBOX_GPU_WEST_PORT',
    fallback: 7103,
  },
];

/** Port of a setting: from the environment, else the default. Throws on anything that is no port. */
export function portOf({ setting, fallback }, env = process.env) {
  const value = env[setting] ?? String(fallback);
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `${setting}=${value} is not a port. Set it to a whole number from 1 to 65535.`,
    );
  }
  return port;
}

function isTaken(port, host) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', error => {
      if (error.code === 'EADDRINUSE') resolve(true);
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        resolve(false);
      else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}

/** One sentence for each port that is taken or named twice. */
export async function portProblems(parts, env = process.env) {
  const problems = [];
  const seen = new Map();
  for (const entry of PORTS.filter(p => parts.includes(p.part))) {
    const port = portOf(entry, env);
    if (seen.has(port)) {
      problems.push(
        `Port ${port} is set for both ${seen.get(port)} and ${
          entry.what
        }: change ${entry.setting}.`,
      );
      continue;
    }
    seen.set(port, entry.what);
    const taken =
      (await isTaken(port, '127.0.0.1')) || (await isTaken(port, '::1'));
    if (taken) {
      problems.push(
        `Port ${port} for ${entry.what} is taken: set ${
          entry.setting
        } to a free one, for example ${entry.setting}=${port + 1000}.`,
      );
    }
  }
  return problems;
}
