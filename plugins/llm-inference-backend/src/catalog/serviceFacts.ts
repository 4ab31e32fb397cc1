import { STOP_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type {
  KubernetesObject,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import { describeService } from '../assess/describeService';
import { stringMap } from '../store/projection/fields';

/** What the catalog needs to know of a service. */
export function serviceFacts(
  resource: KubernetesObject,
  { service, disaggregated, endpoints }: ServingHealth,
): ServiceFacts {
  const { model, claimedEntity } = describeService(resource);
  const annotations = stringMap(resource.metadata?.annotations) ?? {};
  return {
    service,
    ...(claimedEntity ? { claimedEntity } : {}),
    disaggregated,
    stopped: annotations[STOP_ANNOTATION]?.toLowerCase() === 'true',
    ...(model ? { model } : {}),
    endpoints,
    labels: stringMap(resource.metadata?.labels) ?? {},
    annotations,
  };
}
