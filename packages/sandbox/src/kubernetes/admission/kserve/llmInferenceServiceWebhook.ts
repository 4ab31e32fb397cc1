import { KubeObject } from '../../../cluster/ClusterStore';
import { isRecord, JsonRecord, recordAt } from '../../../cluster/json';
import { AdmissionWebhook } from '../AdmissionWebhook';
import { loraErrors } from './loraErrors';
import {
  parallelismChangeErrors,
  parallelismErrors,
} from './parallelismErrors';
import { Pool } from './Pool';
import { rolloutErrors } from './rolloutErrors';
import { routerErrors } from './routerErrors';
import { scalingErrors } from './scalingErrors';
import { schedulerErrors } from './schedulerErrors';

const ROUTING_GROUP = 'serving.kserve.io/routing-group';

/**
 * KServe's own webhooks for LLMInferenceServices: the defaulter, and the validator with the checks that a schema
 * cannot make. They work without the CRD files, too.
 */
export const llmInferenceServiceWebhook: AdmissionWebhook = {
  name: 'llminferenceservice.kserve-webhook-server.v1alpha2.validator',
  resource: 'llminferenceservices.serving.kserve.io',
  mutate: withDefaults,
  validate: (object, before) => {
    if (before && object.metadata.deletionTimestamp) {
      return [];
    }
    const spec = recordAt(object, 'spec');
    const pools = poolsOf(spec);
    return [
      ...routerErrors(recordAt(spec, 'router')),
      ...pools.flatMap(({ path, pool }) => parallelismErrors(pool, path)),
      ...schedulerErrors(recordAt(spec, 'router', 'scheduler')),
      ...scalingErrors(pools),
      ...loraErrors(object),
      ...pools.flatMap(({ path, pool }) => rolloutErrors(pool, path)),
      ...(before
        ? parallelismChangeErrors(pools, recordAt(before, 'spec'))
        : []),
    ];
  },
};

function poolsOf(spec: JsonRecord): Pool[] {
  const decode = { path: 'spec', pool: spec };
  return isRecord(spec.prefill)
    ? [decode, { path: 'spec.prefill', pool: spec.prefill }]
    : [decode];
}

function withDefaults(object: KubeObject): KubeObject {
  const spec = recordAt(object, 'spec');
  const model = recordAt(spec, 'model');
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...labelsFor(object, recordAt(spec, 'router', 'route').group),
    },
    ...(isRecord(spec.model) &&
      !model.name && {
        spec: { ...spec, model: { ...model, name: object.metadata.name } },
      }),
  };
}

/** The routing group stands as a label, too; without one, no such label may stay. */
function labelsFor({ metadata }: KubeObject, group: unknown) {
  const { [ROUTING_GROUP]: current, ...labels } = metadata.labels ?? {};
  if (typeof group === 'string') {
    return { labels: { ...labels, [ROUTING_GROUP]: group } };
  }
  return current === undefined ? {} : { labels };
}
