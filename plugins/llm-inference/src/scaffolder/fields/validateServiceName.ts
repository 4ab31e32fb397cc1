import { FetchApi, fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  entityRefOf,
  OfferedProfile,
  refuseServiceName,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { createLlmInferenceClient } from '../../api/llmInferenceApiRef';
import { textsOf } from '../textsOf';
import { tellProblem } from '../words/tell';
import { loadProfiles } from '../profiles/loadProfiles';

/** Services asked for at once; as many as the backend gives. */
const PAGE = 200;

/**
 * Refuses a name that Kubernetes or KServe would, and one that is taken. What cannot be asked here, such as the
 * folder in the repository, the action asks before it writes anything.
 */
export const validateServiceName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const t = textsOf(apiHolder);
  const refused = refuseServiceName(name ?? '');
  if (refused) {
    field.addError(tellProblem(t, refused));
    return;
  }
  const ref = entityRefOf({ name });
  // Asked as a list: what is not there is no error then, and no line in the browser's console.
  const found = await apiHolder
    .get(catalogApiRef)
    ?.getEntitiesByRefs({ entityRefs: [ref], fields: ['kind'] });
  if (found?.items[0]) {
    field.addError(
      t('refused.takenInCatalog', { name: name ?? '', entity: ref }),
    );
    return;
  }
  const fetchApi = apiHolder.get(fetchApiRef);
  if (!fetchApi) return;
  const profile = (await loadProfiles(fetchApi)).find(
    offered => offered.name === formData.profile,
  );
  const running = profile && (await findRunning(name, profile, fetchApi));
  if (running) {
    field.addError(
      t('refused.takenInCluster', {
        name: name ?? '',
        cluster: running.cluster,
        service: `${running.namespace}/${name}`,
      }),
    );
  }
};

/** The service of that name in a cluster and namespace of the profile; undefined where the user sees none. */
async function findRunning(
  name: string,
  profile: OfferedProfile,
  fetchApi: FetchApi,
): Promise<ServiceRef | undefined> {
  const client = createLlmInferenceClient(fetchApi);
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const list = await client.listServices({
      text: name,
      cluster: profile.clusters,
      limit: PAGE,
      offset,
    });
    const found = list.items.find(
      ({ service }) =>
        service.name === name && profile.namespaces.includes(service.namespace),
    );
    if (found) return found.service;
    total = list.total;
  }
  return undefined;
}
