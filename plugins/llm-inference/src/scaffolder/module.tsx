import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  changeReasonField,
  imageField,
  impactField,
  memoryField,
  modelField,
  placeField,
  poolField,
  previewField,
  profileField,
  replicasField,
  repositoryField,
  serviceNameField,
} from './formFields';

/** The form fields of the LLM service templates. They attach to the scaffolder from whatever plugin has them. */
export const formFieldExtensions = [
  changeReasonField,
  imageField,
  impactField,
  memoryField,
  modelField,
  placeField,
  poolField,
  previewField,
  profileField,
  replicasField,
  repositoryField,
  serviceNameField,
];

/**
 * Adds the form fields of the LLM service templates to the scaffolder, for apps that list their features.
 *
 * @public
 */
export const scaffolderLlmInferenceModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: formFieldExtensions,
});
