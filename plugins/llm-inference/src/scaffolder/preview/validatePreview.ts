import { fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { findingWords } from '../../lint/findingWords';
import { llmInferenceLintTranslationRef } from '../../lint/translationRef';
import { textsOf, translationOf } from '../textsOf';
import { tellProblemAt } from '../words/tell';
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
    field.addError(textsOf(apiHolder)('refused.noProfile'));
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
    const t = textsOf(apiHolder);
    for (const problem of preview.problems) {
      field.addError(tellProblemAt(t, problem));
    }
    return;
  }
  const lints = translationOf(apiHolder, llmInferenceLintTranslationRef);
  for (const finding of preview.findings) {
    const { message } = lints ? findingWords(lints, finding) : finding;
    if (finding.level === 'error') {
      field.addError(`${finding.path}: ${message}`);
    }
  }
};
