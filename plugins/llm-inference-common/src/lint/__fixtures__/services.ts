/** A manifest in a test. */
export type Manifest = Record<string, unknown>;

/** Values by JSON path; undefined removes. */
export type Changes = Readonly<Record<string, unknown>>;

/** Paths of the engine's containers of the services below. */
export const D = 'spec.template.containers[0]';
export const P = 'spec.prefill.template.containers[0]';

/** Paths of the variables of both engines. */
export const ROCE = 'env[0].value';
export const HOST = 'env[1]';
export const ARGS = 'env[2].value';
export const TLS = 'env[3].value';

const DIGEST = `ghcr.io/llm-d/llm-d-cuda@sha256:${'a'.repeat(64)}`;

export const GPU = 'nvidia.com/gpu';
export const RDMA = 'rdma/roce_gdr';
export const NETWORKS = 'k8s.v1.cni.cncf.io/networks';

/** Environment of an engine, in the order of the paths above. */
function environment(role: string) {
  return [
    { name: 'KSERVE_INFER_ROCE', value: 'true' },
    {
      name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    },
    {
      name: 'VLLM_ADDITIONAL_ARGS',
      value: `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"${role}"}'`,
    },
    { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
  ];
}

function template(role: string, otherPool: string) {
  const resources = { cpu: '4', memory: '32Gi', [GPU]: '1', [RDMA]: 1 };
  return {
    automountServiceAccountToken: false,
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: {
                matchExpressions: [
                  {
                    key: 'app.kubernetes.io/component',
                    operator: 'In',
                    values: [otherPool],
                  },
                ],
              },
              topologyKey: 'kubernetes.io/hostname',
            },
          },
        ],
      },
    },
    containers: [
      {
        name: 'main',
        image: DIGEST,
        terminationMessagePolicy: 'FallbackToLogsOnError',
        env: environment(role),
        resources: { limits: { ...resources }, requests: { ...resources } },
      },
    ],
  };
}

/** A disaggregated service with nothing to find fault with. */
export function goodService(): Manifest {
  return {
    apiVersion: 'serving.kserve.io/v1alpha2',
    kind: 'LLMInferenceService',
    metadata: {
      name: 'qwen',
      namespace: 'llm',
      annotations: { [NETWORKS]: 'roce-p2' },
    },
    spec: {
      replicas: 1,
      model: {
        uri: 'hf://Qwen/Qwen2.5-7B-Instruct',
        name: 'Qwen/Qwen2.5-7B-Instruct',
      },
      router: { route: {}, gateway: {}, scheduler: {} },
      template: template('kv_consumer', 'llminferenceservice-workload-prefill'),
      prefill: {
        replicas: 2,
        template: template('kv_producer', 'llminferenceservice-workload'),
      },
    },
  };
}

/** What lets the pools of the good service reach each other. */
export const goodPolicy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'qwen-kv', namespace: 'llm' },
  spec: { ingress: [{ ports: [{ port: 5600, endPort: 5607 }] }] },
};

function steps(path: string): Array<string | number> {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) =>
      index === undefined ? quoted ?? plain : Number(index),
  );
}

/** The service with values set or removed; missing objects and lists on the way are made. */
export function withChanges(service: Manifest, changes: Changes): Manifest {
  const copy: Manifest = structuredClone(service);
  for (const [path, value] of Object.entries(changes)) {
    const way = steps(path);
    const last = way.pop();
    if (last === undefined) throw new Error(`No path: ${path}`);
    let at: Record<string | number, unknown> = copy;
    for (const [index, step] of way.entries()) {
      if (typeof at[step] !== 'object' || at[step] === null) {
        at[step] = typeof (way[index + 1] ?? last) === 'number' ? [] : {};
      }
      at = at[step] as Record<string | number, unknown>;
    }
    if (value === undefined) delete at[last];
    else at[last] = structuredClone(value);
  }
  return copy;
}

/** The good service with changes. */
export const changed = (changes: Changes): Manifest =>
  withChanges(goodService(), changes);

/** Changes that give both engines the same variable value or field. */
export const both = (field: string, value: unknown): Changes => ({
  [`${D}.${field}`]: value,
  [`${P}.${field}`]: value,
});

/** Changes of the device requests of one engine, or of both. */
export function devices(
  resources: Readonly<Record<string, unknown>>,
  engines: readonly string[] = [D, P],
): Changes {
  const all = { cpu: '4', memory: '32Gi', ...resources };
  return Object.fromEntries(
    engines.flatMap(engine => [
      [`${engine}.resources.limits`, all],
      [`${engine}.resources.requests`, all],
    ]),
  );
}

/** A service without prefill. */
export const singleService = (changes: Changes = {}): Manifest =>
  changed({
    'spec.prefill': undefined,
    'spec.template.affinity': undefined,
    ...changes,
  });

/** The KV argument of an engine. */
export const kvArgument = (config: unknown): string =>
  `--kv-transfer-config '${JSON.stringify(config)}'`;
