import { fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  entityRefOf,
  refuseServiceName,
} from 'backstage-plugin-llm-inference-common';
import { loadProfiles } from '../profiles/loadProfiles';

/**
 * Refuses a name that Kubernetes or KServe would, and one that is taken. What cannot be asked here, such as the
 * folder in the repository, the action asks before it writes anything.
 */
export const validateServiceName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const refused = refuseServiceName(name ?? '');
  if (refused) {
    field.addError(refused);
    return;
  }
  const ref = entityRefOf({ name });
  if (await apiHolder.get(catalogApiRef)?.getEntityByRef(ref)) {
    field.addError(
      `'${name}' is taken: the catalog has ${ref}. Choose another name`,
    );
    return;
  }
  const fetchApi = apiHolder.get(fetchApiRef);
  if (!fetchApi) return;
  const profile = (await loadProfiles(fetchApi)).find(
    offered => offered.name === formData.profile,
  );
  for (const cluster of profile?.clusters ?? []) {
    for (const namespace of profile?.namespaces.slice(0, 5) ?? []) {
      const path = [cluster, namespace, name].map(encodeURIComponent).join('/');
      const response = await fetchApi.fetch(
        `plugin://llm-inference/v1/services/${path}`,
      );
      await response.body?.cancel();
      if (response.ok) {
        field.addError(
          `'${name}' is taken: cluster '${cluster}' already runs ${namespace}/${name}. Choose another name`,
        );
        return;
      }
    }
  }
};
