import { ENTITY_REF_ANNOTATION } from '../../api/annotations';
import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { FieldComment } from '../yaml/commentedYaml';
import { NETWORKS_ANNOTATION } from './inferenceService';

type Environment = Array<{ name: string; value?: string }>;

const ENVIRONMENT: Record<string, string> = {
  KSERVE_INFER_ROCE:
    'Lets the start script find the active mlx5 devices and their RoCE v2 GID.',
  VLLM_NIXL_SIDE_CHANNEL_HOST:
    'The other pool shakes hands here before the first transfer; the default, localhost, fails across pods.',
  VLLM_ADDITIONAL_ARGS:
    'A shell evaluates this line: the JSON must stay in single quotes.',
  UCX_PROTO_INFO:
    'Logs which transport carries the cache, the only proof that it is RDMA.',
};

/** Comments of an LLMInferenceService, for a reader who meets the resource for the first time. */
export function inferenceServiceComments(
  object: KubernetesObject,
  { fabric }: Pick<PdServiceSpec, 'fabric'>,
): FieldComment[] {
  const spec = object.spec as {
    template: Template;
    worker?: Template;
    prefill: { template: Template; worker?: Template };
  };
  return [
    {
      path: ['metadata', 'annotations', ENTITY_REF_ANNOTATION],
      text: 'Names the catalog entity, which names this service in turn: the portal shows a status only where both agree.',
    },
    {
      path: ['metadata', 'annotations', NETWORKS_ANNOTATION],
      text: 'The RDMA network. Set here it reaches the pods of both pools; the attachment must exist in this namespace.',
    },
    {
      path: ['spec', 'parallelism'],
      text: 'Must match the GPUs below: KServe derives neither from the other.',
    },
    {
      path: ['spec', 'template'],
      text: 'The decode pool: receives the KV cache and generates the tokens.',
    },
    {
      path: ['spec', 'prefill'],
      text: 'The prefill pool: reads the prompt and hands its KV cache over. It inherits nothing from the pool above.',
    },
    {
      path: ['spec', 'router', 'scheduler'],
      text: 'Picks the prefill and decode pods of each request; without it nothing is ever sent to prefill.',
    },
    ...templateComments(['spec', 'template'], spec.template, true),
    ...templateComments(
      ['spec', 'prefill', 'template'],
      spec.prefill.template,
      false,
    ),
    ...[
      ['spec', 'template', 'affinity'],
      ['spec', 'prefill', 'template', 'affinity'],
    ].map(path => ({
      path,
      text:
        fabric.kind === 'none'
          ? 'Keeps the two pools on different nodes, so that they do not compete for one.'
          : 'Keeps the two pools on different nodes: between pods of one node RDMA is not used.',
    })),
  ];
}

type Template = { containers: Array<{ env: Environment }> };

function templateComments(
  path: FieldComment['path'],
  template: Template,
  first: boolean,
): FieldComment[] {
  const main = [...path, 'containers', 0];
  const environment = template.containers[0].env.flatMap(
    ({ name, value }, index) => {
      const text =
        name === 'UCX_TLS' ? transportsComment(value) : ENVIRONMENT[name];
      return text && first ? [{ path: [...main, 'env', index], text }] : [];
    },
  );
  return [
    {
      path: [...path, 'automountServiceAccountToken'],
      text: 'An engine does not talk to the Kubernetes API.',
    },
    ...environment,
    {
      path: [...main, 'startupProbe'],
      text: 'Time for download, load and compilation. The rest of the probe comes from the preset.',
    },
    {
      path: [...path, 'volumes'],
      text: "The preset's /dev/shm, enlarged; it counts into the memory limit.",
    },
    {
      path: [...path, 'initContainers'],
      text: 'The download needs the token too; a variable of main alone does not reach it.',
    },
  ];
}

function transportsComment(value: string | undefined): string {
  return value?.split(',').includes('tcp')
    ? 'TCP: this profile has no RDMA. Every prompt pays for a slow transfer.'
    : 'Without tcp in the list a missing RDMA device is an error, not a silent fallback to TCP.';
}
