import { secretInText } from '../../resource/secrets';
import { asList, asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule, Violation } from '../Rule';
import type { Container } from '../service/Container';
import type { ServiceManifest } from '../service/ServiceManifest';
import { walkStrings } from '../walkStrings';

/** Names of variables whose value is a secret. */
const SECRET_NAME = /(?:^|_)(?:KEY|SECRET|PASSWORD|TOKEN)$/i;

/** Arguments whose value is a secret. */
const SECRET_FLAGS = ['--api-key'];

const FIX =
  'Remove it, make it void where it was issued, and read it from a Secret by name (valueFrom.secretKeyRef).';

/** What a controller or a client wrote, not the author; a copy of the manifest would be found twice. */
function isNotAuthored(path: string): boolean {
  return path === 'status' || path === 'metadata.managedFields';
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function* inlineSecrets(service: ServiceManifest): Generator<Violation> {
  const reported = new Set<string>();
  const object = { ...service.object, spec: service.spec };
  for (const { path, text } of walkStrings(object, '', isNotAuthored)) {
    if (path.includes(LAST_APPLIED)) continue;
    const secret = secretInText(text);
    if (!secret) continue;
    reported.add(path);
    yield {
      path,
      words: { code: secret.replace(/^an? /, '') },
      message: `The manifest holds ${secret}. Everyone who reads the repository can use it.`,
      fix: FIX,
    };
  }
  for (const container of service.pools.flatMap(pool => pool.containers)) {
    for (const { name, value } of container.environment.values()) {
      const path = container.envPath(name);
      const isReference = !value || /^\$\([^)]+\)$/.test(value);
      if (isReference || !SECRET_NAME.test(name) || reported.has(path)) {
        continue;
      }
      yield {
        path,
        words: { code: 'variable', name },
        message: `${name} has its value written in the manifest. Everyone who reads the repository can use it.`,
        fix: FIX,
      };
    }
    for (const flag of SECRET_FLAGS) {
      const argument = container.argument(flag);
      const path = argument && container.argumentPath(argument);
      if (!argument?.value || !path || reported.has(path)) continue;
      yield {
        path,
        words: { code: 'argument', flag },
        message: `The value of ${flag} is written in the manifest.`,
        fix: `Remove it, and set VLLM_API_KEY from a Secret (valueFrom.secretKeyRef).`,
      };
    }
  }
}

/** Images of every container of the service, the scheduler's included. */
function* imagesOf(
  service: ServiceManifest,
): Generator<{ path: string; image: string }> {
  const items = service.pools
    .flatMap(pool => pool.containers)
    .map(({ fields, path }) => ({ fields, path }));
  for (const { path, value } of service.routerTemplates) {
    for (const list of ['containers', 'initContainers']) {
      for (const [index, item] of asList(value[list]).entries()) {
        items.push({
          fields: asRecord(item),
          path: joinPath(path, list, index),
        });
      }
    }
  }
  for (const { fields, path } of items) {
    const image = asText(fields.image);
    // An expression of KServe's templates names the preset's own image.
    if (!image || image.includes('{{')) continue;
    yield { path: joinPath(path, 'image'), image };
  }
}

/** An image with the registry that a short name stands for. */
function fullName(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (hasRegistry) return image;
  return rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
}

function isAllowed(image: string, registries: readonly string[]): boolean {
  const name = fullName(image);
  return registries.some(registry => {
    const allowed = registry.replace(/\/+$/, '');
    return (
      name.startsWith(allowed) &&
      /^(?:[/:@]|$)/.test(name.slice(allowed.length))
    );
  });
}

/** Tag of an image without a digest; `latest` where it has none. */
function tagOf(image: string): string {
  return /:([^/:@]+)$/.exec(image)?.[1] ?? 'latest';
}

/** Every container and pod spec of the pools, for what they may do. */
function* privileges(service: ServiceManifest): Generator<Violation> {
  for (const { path, spec } of service.pools.flatMap(pool => pool.templates)) {
    for (const [index, item] of asList(spec.volumes).entries()) {
      if (asRecord(item).hostPath === undefined) continue;
      yield {
        path: joinPath(path, 'volumes', index, 'hostPath'),
        words: { code: 'hostPath' },
        message: "A hostPath volume opens the node's files to the pod.",
        fix: 'Use a PersistentVolumeClaim.',
      };
    }
  }
  for (const { path, fields } of service.pools.flatMap(
    pool => pool.containers,
  )) {
    const security = asRecord(fields.securityContext);
    for (const field of ['privileged', 'allowPrivilegeEscalation']) {
      if (security[field] !== true) continue;
      yield {
        path: joinPath(path, 'securityContext', field),
        words: { field },
        message: `${field} lets the container take over its node.`,
        fix: 'Remove it; engines do not need it.',
      };
    }
  }
}

function mountsModel(container: Container, volume: string): boolean {
  return asList(container.fields.volumeMounts)
    .map(asRecord)
    .some(
      ({ name, mountPath }) =>
        name === volume && /model/i.test(asText(mountPath) ?? ''),
    );
}

/** Secrets, images, and what a pod may do. */
export const SECURITY_RULES: readonly Rule[] = [
  { id: 'secret-inline', level: 'error', check: inlineSecrets },
  {
    id: 'image-not-pinned',
    level: 'warning',
    *check(service, { options: { policy } }) {
      for (const { path, image } of imagesOf(service)) {
        if (/@sha256:[0-9a-f]{64}$/.test(image)) continue;
        const latest = tagOf(image) === 'latest';
        yield {
          level: latest || policy?.pinnedImages ? 'error' : 'warning',
          path,
          words: { code: latest ? 'latest' : undefined, image },
          message: latest
            ? `${image} is another image whenever a node pulls it: the pools may run different versions, whose KV blocks are not compatible.`
            : `${image} is named by tag, which can be moved.`,
          fix: 'Pin a digest (…@sha256:…), the same in both pools.',
        };
      }
    },
  },
  {
    id: 'image-registry',
    level: 'error',
    *check(service, { options: { policy } }) {
      const registries = policy?.registries;
      if (!registries) return;
      for (const { path, image } of imagesOf(service)) {
        if (isAllowed(image, registries)) continue;
        yield {
          path,
          words: {
            code: registries.length > 0 ? undefined : 'none',
            image,
            registries: registries.join(', '),
          },
          message: `${image} is not from an allowed registry.`,
          fix: `Use an image of ${
            registries.join(', ') || 'an allowed registry'
          }.`,
        };
      }
    },
  },
  {
    id: 'trust-remote-code',
    level: 'warning',
    *check({ pools }) {
      for (const main of pools.flatMap(({ mains }) => mains)) {
        const argument = main.argument('--trust-remote-code');
        if (!argument || argument.value === 'false') continue;
        yield {
          path: main.argumentPath(argument),
          message:
            "The engine will run code of the model's repository, with access to the GPU nodes.",
          fix: 'Use a model that vLLM supports by itself, or pin a revision that was read.',
        };
      }
    },
  },
  {
    id: 'service-account',
    level: 'info',
    *check({ pools, complete }) {
      for (const { role, multiNode, template } of pools) {
        // There the controller brings an account of its own: the routing sidecar reads the InferencePool.
        if (role === 'decode' || multiNode) continue;
        const { path, spec, written } = template;
        const account = asText(spec.serviceAccountName) ?? 'default';
        const mounted = spec.automountServiceAccountToken !== false;
        if (!written || account !== 'default' || !mounted || !complete) {
          continue;
        }
        yield {
          path: joinPath(path, 'automountServiceAccountToken'),
          message:
            'The token of the default service account is mounted, which an engine does not need.',
          fix: 'Set automountServiceAccountToken: false, or name a service account made for it.',
        };
      }
    },
  },
  { id: 'privilege', level: 'error', check: privileges },
  {
    id: 'host-path-model',
    level: 'warning',
    *check({ pools }) {
      for (const { path, spec, containers } of pools.flatMap(
        pool => pool.templates,
      )) {
        for (const [index, item] of asList(spec.volumes).entries()) {
          const { name, hostPath } = asRecord(item);
          const source = asText(asRecord(hostPath).path);
          if (source === undefined) continue;
          const isModel =
            /model/i.test(source) ||
            containers.some(container =>
              mountsModel(container, asText(name) ?? ''),
            );
          if (!isModel) continue;
          yield {
            path: joinPath(path, 'volumes', index, 'hostPath', 'path'),
            words: { source },
            message: `The model is read from ${source} of whatever node the pod meets.`,
            fix: 'Use pvc:// or the local model cache of KServe.',
          };
        }
      }
    },
  },
];
