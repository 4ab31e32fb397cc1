import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { refuseChange } from 'backstage-plugin-llm-inference-common';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { textsOf } from '../textsOf';
import { tellProblem } from '../words/tell';
import { changeOf, isAbout, type ChangeFieldName } from './changeOf';
import { readChangeLimits } from './readChangeLimits';

/** What a field of the form is told of itself by its template. */
export type ChangeFieldOptions = {
  of?: ChangeFieldName;
};

/** Refuses at the field what the action would refuse: by itself, or by the profile of the service. */
export const validateChangeField: CustomFieldValidator<
  string | number,
  ChangeFieldOptions
> = async (_, field, { apiHolder, formData, uiSchema }) => {
  const name = uiSchema?.['ui:options']?.of;
  const catalog = apiHolder.get(catalogApiRef);
  const client = apiHolder.get(llmInferenceApiRef);
  const fetchApi = apiHolder.get(fetchApiRef);
  if (!name || !catalog || !client || !fetchApi) return;
  const limits = await readChangeLimits(String(formData.entityRef), {
    catalog,
    client,
    fetchApi,
  });
  const t = textsOf(apiHolder);
  for (const problem of refuseChange(changeOf(formData), limits)) {
    if (isAbout(name, problem.path)) field.addError(tellProblem(t, problem));
  }
};
