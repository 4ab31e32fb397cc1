import { fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { loadProfiles } from '../profiles/loadProfiles';
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
  if (!profile) {
    field.addError('Choose a profile');
    return;
  }
  const preview = planPreview(formData, profile, {}, 'shared');
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
