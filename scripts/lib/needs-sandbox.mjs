/**
 * Prints "yes" where the effective app-config points to the sandbox, "no" where all clusters are real ones.
 * Runs as a process of its own, because reading the configuration needs the installed dependencies.
 */
import path from 'node:path';
import { createRequire } from 'node:module';
import { PORTS, portOf } from './ports.mjs';
import { root } from './toolchain.mjs';

const require = createRequire(import.meta.url);
const { ConfigSources } = require('@backstage/config-loader');

const config = await ConfigSources.toConfig(
  ConfigSources.default({ rootDir: root, argv: process.argv }),
);
const sandboxPorts = PORTS.filter(p => p.part === 'sandbox').map(p =>
  String(portOf(p)),
);
const clusters = (
  config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
).flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
const isSandbox = clusters.some(cluster => {
  const url = new URL(cluster.getString('url'));
  return (
    ['127.0.0.1', 'localhost'].includes(url.hostname) &&
    sandboxPorts.includes(url.port)
  );
});
process.stdout.write(isSandbox ? 'yes' : 'no');
config.close?.();
process.exit(0);
