import type { PdServiceSpec } from '../spec/PdServiceSpec';
import { commentedYaml } from '../yaml/commentedYaml';
import { openAiDocument } from './openAiDocument';

/** OpenAPI document of a service before it is there: its paths on a gateway whose host is not known yet. */
export function openAiDefinition(spec: PdServiceSpec): string {
  return commentedYaml(
    openAiDocument({
      title: spec.title ?? spec.name,
      models: [
        spec.model.name,
        ...(spec.model.lora?.adapters ?? []).map(({ name }) => name),
      ],
      servers: [
        {
          url: `/${spec.namespace}/${spec.name}`,
          description: 'Path on the gateway; the host is shown in the portal',
        },
      ],
    }),
  );
}
