import { readFileSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { SuppliedCluster } from 'backstage-plugin-llm-inference-node';
import {
  staticToken,
  SERVICE_ACCOUNT_DIRECTORY,
  tokenFile,
} from './credentials';

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/** Providers whose credential the Kubernetes plugin makes on the server; its proxy lends it to us. */
export const PROXIED_PROVIDERS = ['aws', 'azure', 'googleServiceAccount'];

/** A cluster that has to be watched through the Kubernetes plugin's own proxy. */
export interface ProxiedCluster {
  name: string;
  title?: string;
  proxied: true;
}

/**
 * The clusters of `kubernetes.clusterLocatorMethods` with type `config`. Throws where a value cannot be
 * used, naming key, value and fix.
 */
export function configuredClusters(
  config: Config,
): Array<SuppliedCluster | ProxiedCluster> {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.flatMap((method, index) => {
    if (method.getString('type') !== 'config') return [];
    const clusters = method.getOptionalConfigArray('clusters') ?? [];
    return clusters.map((cluster, position) =>
      readCluster(
        cluster,
        `kubernetes.clusterLocatorMethods[${index}].clusters[${position}]`,
      ),
    );
  });
}

function readCluster(
  config: Config,
  key: string,
): SuppliedCluster | ProxiedCluster {
  const name = config.getString('name');
  const title = config.getOptionalString('title');
  const provider =
    config.getOptional<Record<string, string>>('authMetadata')?.[
      AUTH_PROVIDER
    ] ?? config.getOptionalString('authProvider');
  if (provider && PROXIED_PROVIDERS.includes(provider)) {
    return { name, title, proxied: true };
  }
  if (provider !== 'serviceAccount') {
    return {
      name,
      title,
      unsupported:
        `auth provider '${
          provider ?? 'none'
        }' needs the token of a signed-in user, ` +
        `and watching goes on while nobody is signed in; use 'serviceAccount', ` +
        `${PROXIED_PROVIDERS.map(known => `'${known}'`).join(
          ' or ',
        )} for this cluster`,
    };
  }
  const url = config.getString('url');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `${key}.url is '${url}', which is not the URL of a Kubernetes API; write it like https://cluster.example:6443`,
    );
  }
  const token = config.getOptionalString('serviceAccountToken');
  return {
    name,
    title,
    url,
    credential: token
      ? staticToken(token)
      : tokenFile(`${SERVICE_ACCOUNT_DIRECTORY}/token`),
    ca: readAuthorities(config, key, token === undefined),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

/** PEM text of the authorities; inside a cluster those that are mounted beside the token. */
function readAuthorities(
  config: Config,
  key: string,
  inCluster: boolean,
): string | undefined {
  const data = config.getOptionalString('caData');
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  const configured = config.getOptionalString('caFile');
  const file =
    configured ??
    (inCluster ? `${SERVICE_ACCOUNT_DIRECTORY}/ca.crt` : undefined);
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (!configured) return undefined;
    throw new InputError(
      `${key}.caFile is '${file}', which cannot be read; name a readable PEM file`,
      cause,
    );
  }
}
