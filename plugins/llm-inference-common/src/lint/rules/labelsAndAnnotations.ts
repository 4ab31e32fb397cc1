import {
  NAME_LABEL,
  PART_OF_LABEL,
  PART_OF_VALUE,
} from '../../resource/labels';
import { asRecord } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule } from '../Rule';

/** Labels by which the controller selects the pods of a pool. */
const CONTROLLERS_OWN =
  /^(?:app\.kubernetes\.io\/(?:name|component|part-of)|llm-d\.ai\/role|kserve\.io\/component)$/;

/** Prefixes of annotations that KServe hands on from the metadata to pods. */
const PROPAGATED =
  /^(?:k8s\.v1\.cni\.cncf\.io|kueue\.x-k8s\.io|prometheus\.io|leaderworkerset\.sigs\.k8s\.io)\/|localmodel/;

/** Prefixes of annotations that only mean something on a pod. */
const MEANT_FOR_PODS =
  /^(?:sidecar\.istio\.io|proxy\.istio\.io|traffic\.sidecar\.istio\.io|inject\.istio\.io|linkerd\.io|config\.linkerd\.io|vault\.hashicorp\.com|container\.apparmor\.security\.beta\.kubernetes\.io|seccomp\.security\.alpha\.kubernetes\.io|cluster-autoscaler\.kubernetes\.io|karpenter\.sh|networking\.gke\.io|cni\.projectcalico\.org|v1\.multus-cni\.io|ad\.datadoghq\.com|co\.elastic\.logs|instrumentation\.opentelemetry\.io|io\.kubernetes\.cri-o|cpu-load-balancing\.crio\.io|irq-load-balancing\.crio\.io)[/.]/;

function sameLabels(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) =>
    JSON.stringify(Object.entries(asRecord(value)).sort());
  return sorted(a) === sorted(b);
}

const RECREATE =
  'Leave it as it is, or plan to delete the Deployment (or stop and start the service) so that it is created anew.';

/** Labels and annotations of the service and its pools. */
export const LABEL_RULES: readonly Rule[] = [
  {
    id: 'protected-label',
    level: 'error',
    *check(service) {
      for (const pool of service.pools) {
        for (const [key, value] of Object.entries(asRecord(pool.spec.labels))) {
          const same: Readonly<Record<string, unknown>> = {
            [PART_OF_LABEL]: PART_OF_VALUE,
            [NAME_LABEL]: service.name,
            'kserve.io/component': 'workload',
          };
          // What the controller would write itself overrides nothing.
          if (!CONTROLLERS_OWN.test(key) || value === same[key]) continue;
          yield {
            path: joinPath(pool.path, 'labels', key),
            words: { label: key },
            message: `${key} is the controller's own label; set here, it overrides the one by which pods are selected.`,
            fix: 'Remove it.',
          };
        }
      }
    },
  },
  {
    id: 'labels-immutable',
    level: 'warning',
    *check(service, { previous }) {
      if (!previous) return;
      const before = asRecord(previous.spec);
      const now = asRecord(service.object.spec);
      const had = before.prefill;
      if (Boolean(had) !== Boolean(now.prefill)) {
        yield {
          path: 'spec.prefill',
          words: { code: had ? 'removed' : 'added' },
          message: `${
            had ? 'Removing' : 'Adding'
          } prefill changes the role in the selector of the running Deployment, which is immutable.`,
          fix: RECREATE,
        };
      }
      for (const [path, one, other] of [
        ['spec', before, now],
        ['spec.prefill', asRecord(before.prefill), asRecord(now.prefill)],
      ] as const) {
        const isKept = path === 'spec' || (had && now.prefill);
        if (!isKept || sameLabels(one.labels, other.labels)) continue;
        yield {
          path: joinPath(path, 'labels'),
          message:
            'Labels of a pool end up in the selector of its Deployment, which is immutable.',
          fix: RECREATE,
        };
      }
    },
  },
  {
    id: 'annotation-not-propagated',
    level: 'warning',
    *check({ annotations, pair }) {
      for (const key of Object.keys(annotations)) {
        if (PROPAGATED.test(key) || !MEANT_FOR_PODS.test(key)) continue;
        yield {
          path: joinPath('metadata.annotations', key),
          words: { code: pair ? 'pair' : undefined, annotation: key },
          message: `${key} is meant for pods, but KServe does not hand it on from here.`,
          fix: `Move it to spec.annotations${
            pair ? ' and spec.prefill.annotations' : ''
          }.`,
        };
      }
    },
  },
];
