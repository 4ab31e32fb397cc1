import { Container, Pod } from '../kinds';
import { rdmaDevice, requestsFabric } from '../nodes/network';
import { PlayContext } from '../PlayContext';
import { EngineSettings, engineSettings } from './engineSettings';
import { engineId, serverStamp, vllmStamp } from './vllmLines';

/** At which point of its life a container writes. */
export type Moment = 'started' | 'ready' | 'finished';

/** What a container writes at a point of its life. */
export function startLines(
  pod: Pod,
  container: Container,
  moment: Moment,
  { clock, faults }: PlayContext,
): string[] {
  const now = clock.now();
  const component = pod.metadata.labels?.['app.kubernetes.io/component'] ?? '';
  if (container.name === 'storage-initializer') {
    return initializerLines(container, moment, now);
  }
  if (container.name === 'llm-d-routing-sidecar') {
    return moment === 'started' ? sidecarLines(now) : [];
  }
  if (component.endsWith('router-scheduler')) {
    return schedulerLines(moment, now);
  }
  if (container.name !== 'main') {
    return [];
  }
  const settings = engineSettings(pod);
  return moment === 'ready'
    ? readyLines(settings, now)
    : [
        ...roceLines(pod, settings, {
          hasDevice: requestsFabric(pod) && !faults.isDetached(pod),
          hasGid: !faults.isWithoutGid(pod),
        }),
        ...loadingLines(pod, settings, now),
      ];
}

function initializerLines(
  container: Container,
  moment: Moment,
  now: Date,
): string[] {
  const [source = '', target = ''] = container.args ?? [];
  const stamp = `${now
    .toISOString()
    .slice(0, 23)
    .replace('T', ' ')} 1 kserve INFO`;
  return moment === 'started'
    ? [
        `${stamp} [initializer-entrypoint:<module>():16] Initializing, args: src_uri [${source}] dest_path[ [${target}]`,
        `${stamp} [kserve_storage.py:download():121] Copying contents of ${source} to local`,
        `${stamp} [kserve_storage.py:_download_hf():829] Downloading ${source.replace(
          /^\w+:\/\//,
          '',
        )}`,
      ]
    : [
        `${stamp} [kserve_storage.py:download():153] Successfully copied ${source} to ${target}`,
      ];
}

function sidecarLines(now: Date): string[] {
  const stamp = now.toISOString();
  return [
    `${stamp}\tINFO\tproxy server\tproxy/proxy.go:241\tstarting\t{"addr": "[::]:8000", "connector": "nixlv2"}`,
    `${stamp}\tINFO\tallowlist validator\tproxy/allowlist.go:118\tSSRF protection enabled`,
  ];
}

function schedulerLines(moment: Moment, now: Date): string[] {
  const line = (logger: string, msg: string) =>
    JSON.stringify({ level: 'info', ts: now.toISOString(), logger, msg });
  return moment === 'started'
    ? [
        line('setup', 'Flags processed'),
        line('setup', 'Loaded configuration from text/file successfully'),
        line('setup', 'Controller manager starting'),
      ]
    : [line('health', 'gRPC health server: serving')];
}

function readyLines(settings: EngineSettings, now: Date): string[] {
  const say = (source: string, text: string) =>
    `${vllmStamp(now, 'INFO', source)} ${text}`;
  return [
    say(
      'gpu_model_runner.py:2602',
      'Model loading took 14.2 GiB and 96.4 seconds',
    ),
    say('kv_cache_utils.py:1229', 'GPU KV cache size: 918,224 tokens'),
    ...(settings.connector
      ? [
          say(
            'base_worker.py:611',
            'Registering KV_Caches. use_mla: False, kv_buffer_device: cuda',
          ),
        ]
      : []),
    `${serverStamp(
      now,
    )} [api_server.py:1346] Starting vLLM API server 0 on http://0.0.0.0:${
      settings.port
    }`,
    '(APIServer pid=1) INFO:     Application startup complete.',
  ];
}

function loadingLines(pod: Pod, settings: EngineSettings, now: Date): string[] {
  const say = (source: string, text: string) =>
    `${vllmStamp(now, 'INFO', source)} ${text}`;
  const usesNixl = /nixl|multi/i.test(settings.connector ?? '');
  return [
    `${serverStamp(now)} [api_server.py:1210] vLLM API server version 0.22.0`,
    say(
      'core.py:94',
      `Initializing a V1 LLM engine (v0.22.0) with config: model='/mnt/models', served_model_name=${settings.model}, tensor_parallel_size=${settings.tensorParallel}`,
    ),
    ...(settings.connector
      ? [
          say(
            'factory.py:64',
            `Creating v1 connector with name: ${
              settings.connector
            } and engine_id: ${engineId(pod)}`,
          ),
        ]
      : []),
    ...(usesNixl
      ? [
          say('__init__.py:18', 'NIXL is available'),
          say('worker.py:192', 'Initializing NIXL wrapper'),
          say('worker.py:205', 'Initializing NIXL worker'),
          say('_api.py:372', `Initialized NIXL agent: ${engineId(pod)}`),
          say('_api.py:405', 'Backend UCX was instantiated'),
        ]
      : []),
    say('gpu_model_runner.py:2553', 'Starting to load model /mnt/models...'),
  ];
}

function roceLines(
  pod: Pod,
  settings: EngineSettings,
  { hasDevice, hasGid }: { hasDevice: boolean; hasGid: boolean },
): string[] {
  if (!settings.infersRoce) {
    return [];
  }
  const device = rdmaDevice(pod);
  return [
    'Trying to infer RoCE configs ... ',
    ...(hasDevice
      ? [
          `[Infer RoCE] Found active HCA: ${device}`,
          `[Infer RoCE] UCX_NET_DEVICES=${device}:1`,
          hasGid
            ? '[Infer RoCE] Selected GID_INDEX: 3 (found on 1 HCAs)'
            : '[Infer RoCE] ERROR: No valid IPv4 RoCE v2 GID_INDEX found on any HCA.',
        ]
      : [
          '[Infer RoCE] WARNING: No active RoCE HCAs found. NCCL_IB_HCA will not be set.',
          '[Infer RoCE] No active HCAs found, skipping GID_INDEX inference.',
        ]),
  ];
}
