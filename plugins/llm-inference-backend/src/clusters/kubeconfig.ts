import type { KubeConfig } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import type {
  ClusterCredential,
  ClusterCredentialSource,
} from 'backstage-plugin-llm-inference-node';

/** How long what a kubeconfig gave is used; tokens of exec plugins live at least fifteen minutes. */
const LIFETIME_MS = 5 * 60_000;

/**
 * The credential of a context of a kubeconfig file: token, token file, client certificate or exec plugin.
 * The file is read again each time, so that a login elsewhere reaches the portal.
 */
export function kubeconfigCredential(
  file: string,
  context?: string,
): ClusterCredentialSource {
  return {
    async read(): Promise<ClusterCredential> {
      const kubeconfig = newKubeConfig();
      kubeconfig.loadFromFile(file);
      if (context) {
        if (!kubeconfig.getContextObject(context)) {
          throw new InputError(
            `The kubeconfig ${file} has no context '${context}'`,
          );
        }
        kubeconfig.setCurrentContext(context);
      }
      const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {};
      await kubeconfig.applyToHTTPSOptions(options);
      const expiresAt = Date.now() + LIFETIME_MS;
      const header = Object.entries(options.headers ?? {}).find(
        ([name]) => name.toLowerCase() === 'authorization',
      )?.[1];
      const token = /^Bearer (.+)$/.exec(String(header ?? ''))?.[1];
      if (token) return { type: 'bearer', token, expiresAt };
      if (options.cert && options.key) {
        return {
          type: 'certificate',
          cert: String(options.cert),
          key: String(options.key),
          expiresAt,
        };
      }
      throw new InputError(
        `The user of ${
          context ? `context '${context}'` : 'the current context'
        } in the kubeconfig ${file} has neither a token nor a client certificate`,
      );
    },
  };
}

/**
 * Loaded where a kubeconfig is named and not before: the package brings the models of all of Kubernetes, which
 * would take every portal half a second of its start and 26 MB of heap for as long as it runs.
 */
function newKubeConfig(): KubeConfig {
  const client: typeof import('@kubernetes/client-node') = require('@kubernetes/client-node');
  return new client.KubeConfig();
}
