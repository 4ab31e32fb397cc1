import { Container, EnvVar, PodSpec } from '../kserve/kinds';
import {
  LlmInferenceService,
  WorkloadSpec,
} from '../kserve/service/serviceSpec';
import { FaultTarget } from './Fault';

/** Edits the pools of a service that are struck; the scheduler is no pool. */
export function editPools(
  service: LlmInferenceService,
  targets: FaultTarget[],
  edit: (pool: WorkloadSpec) => WorkloadSpec,
): LlmInferenceService {
  const { prefill, ...decode } = service.spec;
  return {
    ...service,
    spec: {
      ...(targets.includes('decode') ? { ...decode, ...edit(decode) } : decode),
      ...(prefill
        ? { prefill: targets.includes('prefill') ? edit(prefill) : prefill }
        : {}),
    },
  };
}

/** Edits the engine container in every pod of a pool. */
export function editEngine(
  pool: WorkloadSpec,
  edit: (main: Container) => Container,
): WorkloadSpec {
  const editPod = (pod: PodSpec | undefined): PodSpec => ({
    ...pod,
    containers: (pod?.containers ?? [{ name: 'main' }]).map(container =>
      container.name === 'main' ? edit(container) : container,
    ),
  });
  return {
    ...pool,
    template: editPod(pool.template),
    ...(pool.worker ? { worker: editPod(pool.worker) } : {}),
  };
}

/** Changes the environment of a container. */
export function editEnv(
  container: Container,
  edit: (env: EnvVar[]) => EnvVar[],
): Container {
  return { ...container, env: edit(container.env ?? []) };
}

/** Takes variables away. */
export function without(env: EnvVar[], ...names: string[]): EnvVar[] {
  return env.filter(variable => !names.includes(variable.name));
}

/** Sets a variable to a value. */
export function withValue(env: EnvVar[], name: string, value: string) {
  return [...without(env, name), { name, value }];
}

/** Changes the engine's additional arguments. */
export function editArguments(
  container: Container,
  edit: (args: string) => string,
): Container {
  return editEnv(container, env => {
    const name = 'VLLM_ADDITIONAL_ARGS';
    const args = edit(env.find(v => v.name === name)?.value ?? '').trim();
    return args ? withValue(env, name, args) : without(env, name);
  });
}
