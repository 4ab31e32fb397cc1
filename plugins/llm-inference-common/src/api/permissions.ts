import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of the permissions that are decided per catalog entity; the catalog owns it, so that a
 * policy may use the catalog's own rules (owner, kind, annotation) for them.
 */
const CATALOG_ENTITY = 'catalog-entity';

/**
 * Read the status of the service behind an entity. Decided per entity.
 *
 * @public
 */
export const llmInferenceServiceReadPermission = createPermission({
  name: 'llm-inference.service.read',
  attributes: { action: 'read' },
  resourceType: CATALOG_ENTITY,
});

/**
 * Read the logs of the pods behind an entity. Decided per entity.
 *
 * @public
 */
export const llmInferenceLogsReadPermission = createPermission({
  name: 'llm-inference.logs.read',
  attributes: { action: 'read' },
  resourceType: CATALOG_ENTITY,
});

/**
 * Send one request through the service behind an entity to see whether KV cache moves. Decided per entity.
 *
 * @public
 */
export const llmInferenceServiceVerifyPermission = createPermission({
  name: 'llm-inference.service.verify',
  attributes: { action: 'update' },
  resourceType: CATALOG_ENTITY,
});

/**
 * See services that are bound to no entity, and how well the clusters can be watched.
 *
 * @public
 */
export const llmInferenceFleetReadPermission = createPermission({
  name: 'llm-inference.fleet.read',
  attributes: { action: 'read' },
});

/**
 * Validate a manifest, also against a cluster where that is enabled.
 *
 * @public
 */
export const llmInferenceManifestValidatePermission = createPermission({
  name: 'llm-inference.manifest.validate',
  attributes: { action: 'read' },
});

/** All permissions of the llm-inference plugins. @public */
export const llmInferencePermissions = [
  llmInferenceServiceReadPermission,
  llmInferenceLogsReadPermission,
  llmInferenceServiceVerifyPermission,
  llmInferenceFleetReadPermission,
  llmInferenceManifestValidatePermission,
];
