import type { Request, Response } from 'express';
import { llmInferenceManifestValidatePermission } from 'backstage-plugin-llm-inference-common';
import { sendConditional } from './conditional';
import { parseValidateBody } from './query';
import type { RouteServices } from './RouteServices';

/** What is wrong with manifests. */
export function validateManifests({
  auditor,
  gate,
  httpAuth,
  validator,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    await gate.require(llmInferenceManifestValidatePermission, credentials);
    const asked = parseValidateBody(request.body);
    if (!asked.dryRun) {
      response.json(await validator.validate(asked));
      return;
    }
    const event = await auditor.createEvent({
      eventId: 'manifest-dry-run',
      severityLevel: 'medium',
      request,
      meta: { cluster: asked.cluster },
    });
    try {
      response.json(await validator.validate(asked));
      await event.success();
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  };
}

/** What a cluster offers to a service that is still to be made. */
export function clusterCapabilities({
  capabilities,
  gate,
  httpAuth,
}: RouteServices) {
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    await gate.require(llmInferenceManifestValidatePermission, credentials);
    const offered = await capabilities.of(request.params.cluster);
    const { at: _at, ...shown } = offered;
    sendConditional(request, response, shown, () => offered);
  };
}
