/** Annotation of an entity that names the service it stands for, as `<namespace>/<name>`. @public */
export const SERVICE_ANNOTATION = 'serving.kserve.io/llm-inference-service';

/** Annotation of an entity that narrows the service to one cluster. @public */
export const CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/** Annotation of an LLMInferenceService that names its catalog entity. @public */
export const ENTITY_REF_ANNOTATION = 'backstage.io/entity-ref';

/** Annotation that stops a service when it is `"true"` in any letter case. @public */
export const STOP_ANNOTATION = 'serving.kserve.io/stop';
