import {
  createScaffolderFieldExtension,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import { Suspense, lazy, type ComponentType, type JSX } from 'react';
import { llmInferencePlugin } from '../legacyPlugin';
import type { ChangeFieldOptions } from './change/validateChangeField';
import { onPaper } from './fields/onPaper';

/** A component that is loaded when it is first drawn. */
function drawnLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  // React's types keep a place for a ref that a function component has not.
  const Field = lazy(async () => ({
    default: onPaper(await load()),
  })) as unknown as ComponentType<Props>;
  return props => (
    <Suspense fallback={null}>
      <Field {...props} />
    </Suspense>
  );
}

/** A validation that is loaded when it is first needed. */
function validatedLater<Args extends unknown[]>(
  load: () => Promise<(...args: Args) => void | Promise<void>>,
): (...args: Args) => Promise<void> {
  return async (...args) => (await load())(...args);
}

/** The one validation of all fields of a change; it reads what a field is about, whatever its value is. */
function validatedAsChange<
  Value extends string | number,
>(): CustomFieldValidator<Value, ChangeFieldOptions> {
  return async (value, field, { uiSchema, ...context }) => {
    const { validateChangeField } = await import(
      './change/validateChangeField'
    );
    await validateChangeField(value, field, {
      ...context,
      uiSchema: { 'ui:options': { of: uiSchema?.['ui:options']?.of } },
    });
  };
}

const Profile = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmProfile',
    component: drawnLater(
      async () => (await import('./fields/ProfileField')).ProfileField,
    ),
  }),
);

const ServiceName = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmServiceName',
    component: drawnLater(
      async () => (await import('./fields/ServiceNameField')).ServiceNameField,
    ),
    validation: validatedLater(
      async () =>
        (await import('./fields/validateServiceName')).validateServiceName,
    ),
  }),
);

const Model = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmModel',
    component: drawnLater(
      async () => (await import('./fields/ModelField')).ModelField,
    ),
    validation: validatedLater(
      async () => (await import('./fields/validateModel')).validateModel,
    ),
  }),
);

const Pool = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmPool',
    component: drawnLater(
      async () => (await import('./fields/PoolField')).PoolField,
    ),
  }),
);

const Place = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmPlace',
    component: drawnLater(
      async () => (await import('./fields/PlaceField')).PlaceField,
    ),
  }),
);

const Repository = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmRepository',
    component: drawnLater(
      async () => (await import('./fields/RepositoryField')).RepositoryField,
    ),
    validation: validatedLater(
      async () =>
        (await import('./fields/validateRepository')).validateRepository,
    ),
  }),
);

const Preview = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmPreview',
    component: drawnLater(
      async () => (await import('./preview/PreviewField')).PreviewField,
    ),
    validation: validatedLater(
      async () => (await import('./preview/validatePreview')).validatePreview,
    ),
  }),
);

const Impact = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmImpact',
    component: drawnLater(
      async () => (await import('./impact/ImpactField')).ImpactField,
    ),
  }),
);

const ChangeReason = llmInferencePlugin.provide(
  createScaffolderFieldExtension({
    name: 'LlmChangeReason',
    component: drawnLater(
      async () =>
        (await import('./change/ChangeReasonField')).ChangeReasonField,
    ),
  }),
);

const ChangeReplicas = llmInferencePlugin.provide(
  createScaffolderFieldExtension<number, ChangeFieldOptions>({
    name: 'LlmChangeReplicas',
    component: drawnLater(
      async () => (await import('./change/ReplicasField')).ReplicasField,
    ),
    validation: validatedAsChange(),
  }),
);

const ChangeImage = llmInferencePlugin.provide(
  createScaffolderFieldExtension<string, ChangeFieldOptions>({
    name: 'LlmChangeImage',
    component: drawnLater(
      async () => (await import('./change/ImageField')).ImageField,
    ),
    validation: validatedAsChange(),
  }),
);

const ChangeMemory = llmInferencePlugin.provide(
  createScaffolderFieldExtension<string, ChangeFieldOptions>({
    name: 'LlmChangeMemory',
    component: drawnLater(
      async () => (await import('./change/MemoryField')).MemoryField,
    ),
    validation: validatedAsChange(),
  }),
);

/**
 * The form fields of the LLM service templates, to stand inside `ScaffolderFieldExtensions` on the scaffolder page
 * of a legacy app. An element and no component: the scaffolder looks for fields among the elements that it is given.
 *
 * @public
 */
export const llmFormFields: JSX.Element = (
  <>
    <Profile />
    <ServiceName />
    <Model />
    <Pool />
    <Place />
    <Repository />
    <Preview />
    <Impact />
    <ChangeReason />
    <ChangeReplicas />
    <ChangeImage />
    <ChangeMemory />
  </>
);
