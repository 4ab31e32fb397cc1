import { asList, asRecord, asText } from '../../resource/unknown';
import type { UnknownRecord } from '../../resource/unknown';
import type { ReadPool } from './readPool';

/** How the pods of both pools are run, read from the decode pool. */
export function readPods(
  { template, main, environment }: ReadPool,
  queue: string | undefined,
): UnknownRecord {
  const probe = asRecord(main.startupProbe);
  const token = environment.get('HF_TOKEN')?.reference;
  const antiAffinity = asRecord(asRecord(template.affinity).podAntiAffinity);
  const dshm = asList(template.volumes)
    .map(asRecord)
    .find(({ name }) => name === 'dshm');
  const spread = asList(template.topologySpreadConstraints).map(asRecord);
  return {
    image: main.image,
    startupBudgetSeconds:
      typeof probe.failureThreshold === 'number'
        ? probe.failureThreshold * Number(probe.periodSeconds ?? 10)
        : undefined,
    antiAffinity: antiAffinity.requiredDuringSchedulingIgnoredDuringExecution
      ? 'required'
      : 'preferred',
    topologySpread: spread.length
      ? spread.map(({ topologyKey, maxSkew, whenUnsatisfiable }) => ({
          topologyKey,
          maxSkew,
          whenUnsatisfiable,
        }))
      : undefined,
    nodeSelector: template.nodeSelector,
    tolerations: template.tolerations,
    sharedMemory: asText(asRecord(dshm?.emptyDir).sizeLimit),
    huggingFaceToken: token && { secret: token.name, key: token.key },
    imagePullSecrets: template.imagePullSecrets
      ? asList(template.imagePullSecrets).map(item => asRecord(item).name)
      : undefined,
    serviceAccount: template.serviceAccountName,
    priorityClass: template.priorityClassName,
    queue,
  };
}
