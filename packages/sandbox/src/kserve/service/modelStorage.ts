import { Container, PodSpec } from '../kinds';
import { IMAGES } from './presets';

const MOUNT_PATH = '/mnt/models';

/** A model URI that the controller does not know. */
export class UnsupportedModelUri extends Error {}

/**
 * Adds to a pod what brings the model into it: a download by the storage initializer, a claim, or an
 * image volume.
 */
export function attachModel(
  pod: PodSpec,
  uri: string,
  storageInitializer: boolean,
): PodSpec {
  const scheme = /^([a-z0-9+]+):\/\//.exec(uri)?.[1];
  switch (scheme) {
    case 'hf':
    case 's3':
      return storageInitializer ? withDownload(pod, uri) : pod;
    case 'pvc': {
      const [claimName] = uri.slice('pvc://'.length).split('/');
      return withVolume(pod, 'kserve-pvc-source', {
        persistentVolumeClaim: { claimName, readOnly: true },
      });
    }
    case 'oci':
    case 'oci+native':
      return withVolume(pod, 'kserve-oci-source', {
        image: { reference: uri.slice(`${scheme}://`.length) },
      });
    default:
      throw new UnsupportedModelUri(`unsupported schema in model URI: ${uri}`);
  }
}

function withDownload(pod: PodSpec, uri: string): PodSpec {
  const volume = 'kserve-provision-location';
  const initializer: Container = {
    name: 'storage-initializer',
    image: IMAGES.storageInitializer,
    imagePullPolicy: 'IfNotPresent',
    args: [uri, MOUNT_PATH],
    env: [{ name: 'HF_HUB_ENABLE_HF_TRANSFER', value: '1' }],
    resources: {
      limits: { cpu: '1', memory: '4Gi' },
      requests: { cpu: '100m', memory: '100Mi' },
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ mountPath: MOUNT_PATH, name: volume }],
  };
  const mounted = withVolume(pod, volume, { emptyDir: {} });
  return {
    ...mounted,
    initContainers: [initializer, ...(pod.initContainers ?? [])],
  };
}

function withVolume(
  pod: PodSpec,
  name: string,
  source: Record<string, unknown>,
): PodSpec {
  return {
    ...pod,
    containers: pod.containers.map(container =>
      container.name === 'main'
        ? {
            ...container,
            volumeMounts: [
              ...(Array.isArray(container.volumeMounts)
                ? container.volumeMounts
                : []),
              { mountPath: MOUNT_PATH, name, readOnly: true },
            ],
          }
        : container,
    ),
    volumes: [...(pod.volumes ?? []), { name, ...source }],
  };
}
