import { Pod } from '../kserve/kinds';
import { ContainerTrouble, Fault } from './Fault';

const INITIALIZER = 'storage-initializer';

const isDownloaded: Fault['unfit'] = service =>
  /^(hf|s3):/.test(service.spec.model.uri)
    ? undefined
    : `its model ${service.spec.model.uri} is not downloaded`;

/** The model cannot be brought into the pods. */
export const MODEL_FAULTS: Fault[] = [
  {
    id: 'model-access-denied',
    title: 'The model is gated and the pods have no token',
    targets: ['decode', 'prefill'],
    unfit: isDownloaded,
    container: {
      name: INITIALIZER,
      trouble: (pod, now) =>
        fails(pod, now, 2, model => [
          `HuggingFace error for hf://${model}: 401 Client Error. (Request ID: Root=1-6921a4f8-0c2c5f3b7b9d4c2f1d3a6b55) Cannot access gated repo for url https://huggingface.co/api/models/${model}/revision/main.`,
          'Storage initialization failed: HuggingFace authentication failed. Set HF_TOKEN or request access to the gated repository.',
        ]),
    },
    strikes: 'recreate',
  },
  {
    id: 'model-not-found',
    title: 'The model does not exist',
    targets: ['decode', 'prefill'],
    unfit: isDownloaded,
    container: {
      name: INITIALIZER,
      trouble: (pod, now) =>
        fails(pod, now, 2, model => [
          `HuggingFace error for hf://${model}: 404 Client Error. (Request ID: Root=1-6921a4f8-5a2d1e) Repository Not Found for url: https://huggingface.co/api/models/${model}/revision/main. RepositoryNotFoundError`,
          `Storage initialization failed: HuggingFace resource '${model}' not found.`,
        ]),
    },
    strikes: 'recreate',
  },
  {
    id: 'model-storage-full',
    title: 'The disk is full before the model is complete',
    targets: ['decode', 'prefill'],
    unfit: isDownloaded,
    container: {
      name: INITIALIZER,
      trouble: (pod, now) =>
        fails(pod, now, 90, () => [
          'OSError: [Errno 28] No space left on device',
          'Storage initialization failed: No space left on device',
        ]),
    },
    strikes: 'recreate',
  },
  {
    id: 'model-download-slow',
    title: 'The download of the model does not end',
    targets: ['decode', 'prefill'],
    unfit: isDownloaded,
    container: { name: INITIALIZER, trouble: () => ({ kind: 'hang' }) },
    strikes: 'recreate',
  },
  {
    id: 'model-download-failed',
    title: 'The model hub cannot be reached',
    targets: ['decode', 'prefill'],
    unfit: isDownloaded,
    container: {
      name: INITIALIZER,
      trouble: (pod, now) =>
        fails(pod, now, 30, model => [
          `HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models/${model} (Caused by ConnectTimeoutError(timed out))`,
          'Storage initialization failed: Failed to connect to huggingface.co',
        ]),
    },
    strikes: 'recreate',
  },
];

function fails(
  pod: Pod,
  now: Date,
  afterSeconds: number,
  say: (model: string) => string[],
): ContainerTrouble {
  const initializer = pod.spec.initContainers?.find(
    container => container.name === INITIALIZER,
  );
  const stamp = now.toISOString().slice(0, 23).replace('T', ' ');
  const model = (initializer?.args?.[0] ?? '').replace(/^\w+:\/\//, '');
  return {
    kind: 'exit',
    afterSeconds,
    exitCode: 1,
    reason: 'Error',
    lines: say(model).map(
      text =>
        `${stamp} 1 kserve ERROR [initializer-entrypoint:<module>():28] ${text}`,
    ),
  };
}
