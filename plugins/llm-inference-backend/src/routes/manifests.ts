import type { Request, Response } from 'express';
import { llmInferenceManifestValidatePermission } from 'backstage-plugin-llm-inference-common';
import { isVisible } from '../status/Visibility';
import { sendConditional } from './conditional';
import { parseValidateBody } from './query';
import type { RouteServices } from './RouteServices';

/** What is wrong with manifests. */
export function validateManifests(services: RouteServices) {
  const { auditor, gate, httpAuth, validator } = services;
  return async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request);
    await gate.require(llmInferenceManifestValidatePermission, credentials);
    const asked = parseValidateBody(request.body);
    const judge = () =>
      validator.validate(asked, service =>
        isVisible(service, services, credentials),
      );
    if (!asked.dryRun) {
      response.json(await judge());
      return;
    }
    const event = await auditor.createEvent({
      eventId: 'manifest-dry-run',
      severityLevel: 'medium',
      request,
      meta: { cluster: asked.cluster },
    });
    try {
      response.json(await judge());
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
