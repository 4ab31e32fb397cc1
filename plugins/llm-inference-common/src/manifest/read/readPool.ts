import { findContainer, MAIN_CONTAINER } from '../../resource/containers';
import {
  findArgument,
  readEngineArguments,
  type EngineArgument,
} from '../../resource/engineArguments';
import { readEnvironment } from '../../resource/environment';
import {
  asNumber,
  asRecord,
  asText,
  type UnknownRecord,
} from '../../resource/unknown';
import { ALLOWED_ENGINE_ARGUMENTS } from '../spec/EngineArguments';

/** A pool as far as it can be read from its workload, not yet validated. */
export interface ReadPool {
  /** The pool's own part of a spec. */
  pool: UnknownRecord;
  /** Arguments that belong to the service as a whole. */
  engine: UnknownRecord;
  main: UnknownRecord;
  template: UnknownRecord;
  environment: ReturnType<typeof readEnvironment>;
  arguments: EngineArgument[];
  /** Requested resources that are neither cores, memory nor GPUs. */
  devices: Array<{ resource: string; count: number }>;
}

/** Arguments that follow from other fields of a spec. */
const DERIVED = [
  '--kv-transfer-config',
  '--pipeline-parallel-size',
  '--enable-expert-parallel',
];

const GPU = /^(nvidia\.com\/(gpu|mig-.+)|amd\.com\/gpu|gpu\.intel\.com\/.+)$/;

/** Reads one pool of a service: `spec` itself is decode, `spec.prefill` the other. */
export function readPool(workload: UnknownRecord): ReadPool {
  const template = asRecord(workload.template);
  const main = findContainer(template, MAIN_CONTAINER) ?? {};
  const environment = readEnvironment(main);
  const list = readEngineArguments(main);
  const { limits, requests } = asRecord(main.resources);
  const limit = asRecord(limits);
  const request = asRecord(requests);

  const devices: ReadPool['devices'] = [];
  let gpu: UnknownRecord | undefined;
  for (const [resource, amount] of Object.entries(limit)) {
    if (!resource.includes('/')) continue;
    const count = Number(amount);
    if (GPU.test(resource)) gpu = { resource, count };
    else devices.push({ resource, count });
  }
  const range = (name: string) => {
    const most = quantity(limit[name] ?? request[name]);
    return { limit: most, request: quantity(request[name]) ?? most };
  };
  const { engine, own } = sortArguments(list);
  const cpuKvCache = environment.get('VLLM_CPU_KVCACHE_SPACE')?.value;

  return {
    pool: {
      replicas: workload.replicas,
      scaling: workload.scaling ? readScaling(workload.scaling) : undefined,
      parallelism: readParallelism(workload.parallelism, list),
      multiNode: workload.worker ? true : undefined,
      gpu,
      cpu: range('cpu'),
      memory: range('memory'),
      arguments: own,
      cpuKvCacheGiB: cpuKvCache === undefined ? undefined : Number(cpuKvCache),
    },
    engine,
    main,
    template,
    environment,
    arguments: list,
    devices,
  };
}

function quantity(value: unknown): string | undefined {
  return asText(value) ?? asNumber(value)?.toString();
}

function readParallelism(
  value: unknown,
  list: EngineArgument[],
): UnknownRecord {
  const { expert, dataRPCPort: _, pipeline, ...degrees } = asRecord(value);
  const argument = findArgument(list, '--pipeline-parallel-size')?.value;
  return {
    ...degrees,
    pipeline: argument === undefined ? pipeline : Number(argument),
    expert:
      expert === true || findArgument(list, '--enable-expert-parallel')
        ? true
        : undefined,
  };
}

function readScaling(value: unknown): UnknownRecord {
  const { minReplicas, maxReplicas, wva, keda } = asRecord(value);
  const variant = asRecord(wva);
  const wvaMode = variant.keda ? 'wva-keda' : 'wva-hpa';
  return {
    minReplicas,
    maxReplicas,
    mode: keda ? 'keda' : wvaMode,
    variantCost: variant.variantCost,
    triggers: asRecord(keda).triggers,
  };
}

function sortArguments(list: EngineArgument[]) {
  const engine: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (const { flag, value } of list) {
    if (!DERIVED.includes(flag)) {
      const name = flag.replace(/^-+/, '');
      const shared = ALLOWED_ENGINE_ARGUMENTS.shared.includes(name);
      (shared ? engine : own)[name] = argumentValue(value);
    }
  }
  return { engine, own };
}

function argumentValue(value: string | undefined): string | number | true {
  if (value === undefined) return true;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
