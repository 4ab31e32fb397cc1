import { readFileSync } from 'node:fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type {
  ClusterCredentialSource,
  SuppliedCluster,
} from 'backstage-plugin-llm-inference-node';
import {
  anonymous,
  liveToken,
  SERVICE_ACCOUNT_DIRECTORY,
  tokenFile,
} from './credentials';
import { kubeconfigCredential } from './kubeconfig';

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/** Providers whose credential the Kubernetes plugin makes on the server; its proxy lends it to us. */
const PROXIED_PROVIDERS = ['aws', 'azure', 'googleServiceAccount'];

/** What `kubectl proxy` serves; the Kubernetes plugin gives it this name. */
const KUBECTL_PROXY: SuppliedCluster = {
  name: 'local',
  url: 'http://127.0.0.1:8001',
  credential: anonymous,
};

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A cluster that has to be watched through the Kubernetes plugin's own proxy. */
export interface ProxiedCluster {
  name: string;
  title?: string;
  proxied: true;
}

/**
 * The clusters of `kubernetes.clusterLocatorMethods` with type `config` or `localKubectlProxy`. Throws where
 * a value cannot be used, naming key, value and fix.
 */
export function configuredClusters(
  config: Config,
): Array<SuppliedCluster | ProxiedCluster> {
  const overrides = configuredCredentials(config);
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.flatMap((method, index) => {
    const type = method.getString('type');
    if (type === 'localKubectlProxy') return [KUBECTL_PROXY];
    if (type !== 'config') return [];
    const clusters = method.getOptionalConfigArray('clusters') ?? [];
    return clusters.map((cluster, position) => {
      const path = `clusterLocatorMethods[${index}].clusters[${position}]`;
      return readCluster(cluster, `kubernetes.${path}`, {
        override: overrides.get(cluster.getString('name')),
        // Read anew each time: a token that comes from a file is replaced in the running configuration.
        token: () =>
          config
            .getConfigArray('kubernetes.clusterLocatorMethods')
            [index]?.getConfigArray('clusters')
            [position]?.getOptionalString('serviceAccountToken'),
      });
    });
  });
}

interface CredentialChoices {
  override?: ClusterCredentialSource;
  token(): string | undefined;
}

function readCluster(
  config: Config,
  key: string,
  choices: CredentialChoices,
): SuppliedCluster | ProxiedCluster {
  const name = config.getString('name');
  const title = config.getOptionalString('title');
  const provider =
    config.getOptional<Record<string, string>>('authMetadata')?.[
      AUTH_PROVIDER
    ] ?? config.getOptionalString('authProvider');
  if (!choices.override) {
    const route = routeOf({ name, title }, provider);
    if (route) return route;
  }
  const url = config.getString('url');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new InputError(
      `${key}.url is '${url}', which is not the URL of a Kubernetes API; write it like https://cluster.example:6443`,
    );
  }
  if (url.startsWith('http:') && !LOOPBACK.has(new URL(url).hostname)) {
    return {
      name,
      title,
      unsupported: `its url ${url} would send the credential unencrypted; use https`,
    };
  }
  const inCluster = !choices.override && choices.token() === undefined;
  return {
    name,
    title,
    url,
    credential:
      choices.override ??
      (inCluster
        ? tokenFile(`${SERVICE_ACCOUNT_DIRECTORY}/token`)
        : liveToken(choices.token)),
    ca: readAuthorities(config, key, inCluster),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

/**
 * How a cluster is watched whose credential is not a service account's: through the Kubernetes plugin, or
 * not at all. Undefined for a service account.
 */
export function routeOf(
  cluster: { name: string; title?: string },
  provider: string | undefined,
): SuppliedCluster | ProxiedCluster | undefined {
  if (provider === 'serviceAccount') return undefined;
  if (provider && PROXIED_PROVIDERS.includes(provider)) {
    return { ...cluster, proxied: true };
  }
  return {
    ...cluster,
    unsupported:
      `auth provider '${provider ?? 'none'}' needs the token of a signed-in ` +
      `user, and watching goes on while nobody is signed in; use ` +
      `'serviceAccount', 'aws', 'azure' or 'googleServiceAccount', or name a ` +
      `token file or kubeconfig under llmInference.credentials`,
  };
}

/** `llmInference.credentials`: a token file or a kubeconfig by name of the cluster. */
function configuredCredentials(
  config: Config,
): Map<string, ClusterCredentialSource> {
  const entries =
    config.getOptionalConfigArray('llmInference.credentials') ?? [];
  return new Map(
    entries.map((entry, index) => {
      const key = `llmInference.credentials[${index}]`;
      const file = entry.getOptionalString('tokenFile');
      const kubeconfig = entry.getOptionalString('kubeconfig');
      if ((file === undefined) === (kubeconfig === undefined)) {
        throw new InputError(
          `${key} must name either a tokenFile or a kubeconfig, and not both`,
        );
      }
      return [
        entry.getString('cluster'),
        file
          ? tokenFile(file)
          : kubeconfigCredential(
              kubeconfig!,
              entry.getOptionalString('context'),
            ),
      ];
    }),
  );
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
