import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isRecord, JsonRecord, recordAt } from '../../cluster/json';

/** How to reach an API server and as whom. */
export interface Connection {
  server: string;
  ca?: string;
  insecure: boolean;
  token?: string;
  cert?: string;
  key?: string;
}

/**
 * Reads the current context of a kubeconfig file.
 * @throws Error where it has no usable context; credentials from plugins (`exec`) are not supported
 */
export function readKubeconfig(path: string): Connection {
  const config: unknown = parse(readFileSync(path, 'utf8'));
  const { 'current-context': current } = recordAt(config);
  const context = recordAt(named(config, 'contexts', current), 'context');
  const cluster = recordAt(
    named(config, 'clusters', context.cluster),
    'cluster',
  );
  const user = recordAt(named(config, 'users', context.user), 'user');
  if (typeof cluster.server !== 'string') {
    throw new Error(`${path}: the current context has no server`);
  }
  if (user.exec) {
    throw new Error(
      `${path}: credentials from an exec plugin are not supported; use a token or a client certificate`,
    );
  }
  const tokenFile = user.tokenFile;
  return {
    server: cluster.server.replace(/\/$/, ''),
    insecure: cluster['insecure-skip-tls-verify'] === true,
    ca: material(cluster, 'certificate-authority'),
    cert: material(user, 'client-certificate'),
    key: material(user, 'client-key'),
    token:
      typeof tokenFile === 'string'
        ? readFileSync(tokenFile, 'utf8').trim()
        : optionalText(user.token),
  };
}

function named(config: unknown, list: string, name: unknown): unknown {
  const entries = recordAt(config)[list];
  return (Array.isArray(entries) ? entries : [])
    .filter(isRecord)
    .find(entry => entry.name === name);
}

/** A certificate or key, inline as base64 or in a file. */
function material(record: JsonRecord, field: string): string | undefined {
  const inline = record[`${field}-data`];
  if (typeof inline === 'string') {
    return Buffer.from(inline, 'base64').toString('utf8');
  }
  const file = record[field];
  return typeof file === 'string' ? readFileSync(file, 'utf8') : undefined;
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
