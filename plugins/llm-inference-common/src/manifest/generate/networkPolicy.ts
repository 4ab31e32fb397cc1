import type { KubernetesObject } from '../../resource/KubernetesObject';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { FieldComment } from '../yaml/commentedYaml';
import type { GenerateOptions } from './GenerateOptions';
import { componentsOf, ENGINE_PORT, serviceLabels } from './names';

const tcp = (port: number, endPort?: number) => ({
  protocol: 'TCP',
  port,
  ...(endPort !== undefined && endPort > port && { endPort }),
});

/** Whether the cache moves over the pod network, where a NetworkPolicy sees it. */
const overTcp = (spec: PdServiceSpec) =>
  spec.fabric.transports?.split(',').includes('tcp') ??
  spec.fabric.kind === 'none';

/** Lets the pools, the gateway and Prometheus reach the engines, and nobody else. */
export function networkPolicy(
  spec: PdServiceSpec,
  { monitoring }: GenerateOptions,
): KubernetesObject {
  const { decode, prefill, kvTransfer } = spec;
  const ranks = Math.max(
    decode.parallelism.data ?? 1,
    prefill.parallelism.data ?? 1,
  );
  // Nodes of one replica, and UCX over TCP, talk over ports that they pick at random.
  const anyPort = decode.multiNode || prefill.multiNode || overTcp(spec);
  const http = [tcp(ENGINE_PORT.prefill), tcp(ENGINE_PORT.decode)];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${spec.name}-engines`, namespace: spec.namespace },
    spec: {
      podSelector: {
        matchLabels: serviceLabels(spec.name),
        matchExpressions: [
          {
            key: 'app.kubernetes.io/component',
            operator: 'In',
            values: [
              ...componentsOf(decode, 'decode'),
              ...componentsOf(prefill, 'prefill'),
            ],
          },
        ],
      },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: serviceLabels(spec.name) } }],
          ...(!anyPort && {
            ports: [
              ...http,
              tcp(
                kvTransfer.sideChannelPort,
                kvTransfer.sideChannelPort + ranks - 1,
              ),
            ],
          }),
        },
        { ports: [tcp(8000)] },
        ...(monitoring
          ? [
              {
                from: [
                  {
                    namespaceSelector: {
                      matchLabels: {
                        'kubernetes.io/metadata.name': monitoring.namespace,
                      },
                    },
                  },
                ],
                ports: http,
              },
            ]
          : []),
      ],
    },
  };
}

/** Why each way in is open. */
export const networkPolicyComments = (spec: PdServiceSpec): FieldComment[] => [
  {
    path: ['spec', 'ingress', 0],
    text: `The service's own pods: requests, the engines, and the handshake of the KV transfer.\n${
      overTcp(spec)
        ? 'The cache itself moves over TCP, on ports that UCX picks at random.'
        : 'The cache itself moves over RDMA, which no NetworkPolicy sees.'
    }`,
  },
  {
    path: ['spec', 'ingress', 1],
    text: 'Requests from the gateway, wherever it runs.',
  },
  { path: ['spec', 'ingress', 2], text: 'Prometheus.' },
];
