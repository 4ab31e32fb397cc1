import { fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  inspectText,
  refuseModelUri,
} from 'backstage-plugin-llm-inference-common';
import { textsOf } from '../textsOf';
import { tellProblem } from '../words/tell';
import { loadProfiles } from '../profiles/loadProfiles';
import type { ModelValue } from './ModelField';

/** Refuses a model that KServe cannot fetch, or that the profile does not allow. */
export const validateModel: CustomFieldValidator<ModelValue> = async (
  model,
  field,
  { apiHolder, formData },
) => {
  const uri = model?.uri ?? '';
  const [text] = inspectText(model);
  const t = textsOf(apiHolder);
  const refused = text ?? refuseModelUri(uri);
  if (refused) {
    field.addError(tellProblem(t, refused));
    return;
  }
  const fetchApi = apiHolder.get(fetchApiRef);
  const profiles = fetchApi ? await loadProfiles(fetchApi) : [];
  const profile = profiles.find(({ name }) => name === formData.profile);
  const allowed = profile?.models.allowed;
  if (allowed && !allowed.some(prefix => uri.startsWith(prefix))) {
    field.addError(
      t('refused.model', {
        uri,
        profile: profile.name,
        allowed: allowed.join(', '),
      }),
    );
  }
};
