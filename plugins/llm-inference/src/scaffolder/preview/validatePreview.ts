import { fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { loadProfiles } from '../profiles/loadProfiles';
import { loadArchitecture } from './loadArchitecture';
import { planPreview } from './planPreview';

/** Lets nobody go on with a form that the action would refuse. */
export const validatePreview: CustomFieldValidator<boolean> = async (
  _,
  field,
  { apiHolder, formData },
) => {
  const fetchApi = apiHolder.get(fetchApiRef);
  const profiles = fetchApi ? await loadProfiles(fetchApi) : [];
  const profile = profiles.find(({ name }) => name === formData.profile);
  if (!fetchApi || !profile) {
    field.addError('Choose a profile');
    return;
  }
  const uri = (formData.model as { uri?: string } | undefined)?.uri ?? '';
  const preview = planPreview(
    formData,
    profile,
    {},
    'shared',
    await loadArchitecture(fetchApi, uri),
  );
  if (preview.state === 'incomplete') {
    for (const { path, message } of preview.problems) {
      field.addError(path ? `${path}: ${message}` : message);
    }
    return;
  }
  for (const { level, path, message } of preview.findings) {
    if (level === 'error') field.addError(`${path}: ${message}`);
  }
};
