import { useEffect } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, Text, TextField } from '@backstage/ui';
import { useChosenProfile } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

/**
 * Names the repository of a service's own, in the form of the publish actions. Its host is the one that the
 * profile publishes to; organisation and name start as the profile's organisation and the service's name.
 */
export function RepositoryField({
  formData,
  onChange,
  rawErrors,
  formContext,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const form: { name?: string } | undefined = formContext?.formData;
  const offered = useChosenProfile(form)?.repository;
  const [host, query] = (formData ?? '').split('?');
  const parameters = new URLSearchParams(query);
  const owner = parameters.get('owner') ?? '';
  const name = parameters.get('repo') ?? '';
  const first =
    offered && repoUrl(offered.host, offered.owner, form?.name ?? '');
  const fits = offered?.host === host;
  useEffect(() => {
    // A profile chosen anew may publish to another host.
    if (first && !fits) onChange(first);
  }, [first, fits, onChange]);

  if (!offered) {
    return <Text color="secondary">{t('place.chooseProfile')}</Text>;
  }
  return (
    <Flex direction="column" gap="4">
      <TextField
        label={t('repository.owner')}
        description={t('repository.ownerHint', { host: offered.host })}
        value={owner}
        onChange={value => onChange(repoUrl(offered.host, value, name))}
        isInvalid={Boolean(rawErrors?.length)}
        isRequired
        secondaryLabel={t('required')}
        validationBehavior="aria"
      />
      <TextField
        label={t('repository.name')}
        description={t('repository.nameHint')}
        value={name}
        onChange={value => onChange(repoUrl(offered.host, owner, value))}
        isInvalid={Boolean(rawErrors?.length)}
        isRequired
        secondaryLabel={t('required')}
        validationBehavior="aria"
      />
    </Flex>
  );
}

function repoUrl(host: string, owner: string, repo: string): string {
  return `${host}?${new URLSearchParams({ owner, repo })}`;
}
