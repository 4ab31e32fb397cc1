import { Container, Pod } from '../kinds';

/** What an engine was told, as far as its log and its metrics show it. */
export interface EngineSettings {
  model: string;
  port: number;
  /** `decode`, `prefill` or `both`. */
  role: string;
  connector?: string;
  kvRole?: string;
  /** Whether other pods can reach the side channel. */
  hasSideChannelHost: boolean;
  infersRoce: boolean;
  /** Transports that UCX may use; undefined means all. */
  ucxTransports?: string[];
  ucxLogsInfo: boolean;
  ucxShowsProtocols: boolean;
  tensorParallel: number;
}

/** Reads the settings of a pod's engine from its specification. */
export function engineSettings(pod: Pod): EngineSettings {
  const main = mainOf(pod);
  const additional = envOf(main, 'VLLM_ADDITIONAL_ARGS') ?? '';
  const args = `${additional} ${(main?.args ?? []).join(' ')}`;
  const script = (main?.command ?? []).join(' ');
  return {
    model: modelOf(pod),
    port: Number(/--port (\d+)/.exec(script)?.[1] ?? 8000),
    role: pod.metadata.labels?.['llm-d.ai/role'] ?? 'worker',
    connector: /"?kv_connector"?[":\s=]+"?(\w+)/.exec(args)?.[1],
    kvRole: /"?kv_role"?[":\s=]+"?(\w+)/.exec(args)?.[1],
    hasSideChannelHost:
      main?.env?.some(
        variable => variable.name === 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      ) ?? false,
    infersRoce: envOf(main, 'KSERVE_INFER_ROCE') === 'true',
    ucxTransports: envOf(main, 'UCX_TLS')?.split(','),
    ucxLogsInfo: /^(info|debug|trace)/i.test(
      envOf(main, 'UCX_LOG_LEVEL') ?? '',
    ),
    ucxShowsProtocols: envOf(main, 'UCX_PROTO_INFO') === 'y',
    tensorParallel: Number(
      /--tensor-parallel-size (\d+)/.exec(`${script} ${args}`)?.[1] ?? 1,
    ),
  };
}

/** Name of the model that a pod serves. */
export function modelOf(pod: Pod): string {
  const script = (mainOf(pod)?.command ?? []).join(' ');
  return /--served-model-name "([^"]+)"/.exec(script)?.[1] ?? 'model';
}

function mainOf(pod: Pod): Container | undefined {
  return pod.spec.containers.find(container => container.name === 'main');
}

function envOf(
  container: Container | undefined,
  name: string,
): string | undefined {
  return container?.env?.find(variable => variable.name === name)?.value;
}
