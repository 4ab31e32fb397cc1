import { useEffect } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Radio, RadioGroup, Skeleton, Text } from '@backstage/ui';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../../cause/useSaid';
import { useFormat } from '../../elements/useFormat';
import { useProfiles } from '../profiles/useProfiles';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';

/** Chooses one of the profiles on offer; a single one is chosen at once. */
export function ProfileField({
  formData,
  onChange,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const said = useSaid();
  const offered = useProfiles();
  const first =
    offered.state === 'loaded' ? offered.profiles[0]?.name : undefined;
  useEffect(() => {
    if (!formData && first) onChange(first);
  }, [formData, first, onChange]);

  if (offered.state === 'loading') {
    return <Skeleton height={72} aria-label={t('profile.loading')} />;
  }
  if (offered.state === 'failed') {
    return (
      <Alert
        status="danger"
        icon
        title={t('profile.failed')}
        description={said.error(offered.error)}
      />
    );
  }
  if (offered.profiles.length === 0) {
    return (
      <Alert
        status="warning"
        icon
        title={t('profile.empty')}
        description={t('profile.emptyHint')}
      />
    );
  }
  return (
    <RadioGroup
      label={t('profile.label')}
      value={formData ?? null}
      onChange={onChange}
      isInvalid={Boolean(rawErrors?.length)}
      validationBehavior="aria"
      isRequired
      secondaryLabel={t('required')}
    >
      {offered.profiles.map(profile => (
        <Radio key={profile.name} value={profile.name}>
          <ProfileText profile={profile} />
        </Radio>
      ))}
    </RadioGroup>
  );
}

function ProfileText({ profile }: { profile: OfferedProfile }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const format = useFormat();
  const { gpu } = profile.pool;
  const facts = [
    gpu
      ? t('profile.gpu', { memory: format.figure(gpu.memoryGiB) })
      : t('profile.cpu'),
    profile.fabric.kind === 'none' ? t('profile.tcp') : t('profile.rdma'),
    t('profile.clusters', { clusters: profile.clusters.join(', ') }),
  ];
  return (
    <Flex direction="column" gap="1">
      <Text weight="bold">{profile.title}</Text>
      {profile.description && (
        <Text color="secondary">{profile.description}</Text>
      )}
      <Text variant="body-small" color="secondary">
        {facts.join(' · ')}
      </Text>
    </Flex>
  );
}
