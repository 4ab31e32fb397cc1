import type { KubernetesObject } from '../resource/KubernetesObject';
import { asRecord, asTextMap } from '../resource/unknown';

/** Annotations that somebody sets in the cluster by hand, and that KServe acts on. */
const ACTED_ON = /^(serving\.kserve\.io|k8s\.v1\.cni\.cncf\.io)\//;

/** Written by tools that apply manifests: they say who applied, not what. */
const WRITTEN_BY_TOOLS = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
]);
const WRITTEN_BY_CONTROLLERS =
  /^(argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io)\//;

/** Labels by which Argo CD and Helm mark what is theirs. */
const OWNERSHIP_LABELS = new Set([
  'app.kubernetes.io/instance',
  'app.kubernetes.io/managed-by',
]);

type Texts = Readonly<Record<string, string>>;

/**
 * What of the metadata is compared: the labels and annotations that Git names, and of those that only the cluster
 * has the annotations that change what KServe does, such as the one that stops a service.
 */
export function comparableMetadata(
  desired: KubernetesObject,
  live: KubernetesObject,
): { desired: unknown; live: unknown } {
  const wanted = textsOf(desired);
  const running = textsOf(live);
  const relevant = (name: string) =>
    !WRITTEN_BY_TOOLS.has(name) && !WRITTEN_BY_CONTROLLERS.test(name);
  const annotations = (name: string) =>
    relevant(name) && (name in wanted.annotations || ACTED_ON.test(name));
  const labels = (name: string) =>
    relevant(name) && name in wanted.labels && !OWNERSHIP_LABELS.has(name);
  return {
    desired: {
      labels: pick(wanted.labels, labels),
      annotations: pick(wanted.annotations, annotations),
    },
    live: {
      labels: pick(running.labels, labels),
      annotations: pick(running.annotations, annotations),
    },
  };
}

function textsOf({ metadata }: KubernetesObject): {
  labels: Texts;
  annotations: Texts;
} {
  const { labels, annotations } = asRecord(metadata);
  return { labels: asTextMap(labels), annotations: asTextMap(annotations) };
}

function pick(texts: Texts, wanted: (name: string) => boolean): Texts {
  return Object.fromEntries(
    Object.entries(texts).filter(([name]) => wanted(name)),
  );
}
