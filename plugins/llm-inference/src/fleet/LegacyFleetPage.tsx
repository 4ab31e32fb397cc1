import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { RiRobot2Line } from '@remixicon/react';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { FleetPage } from './FleetPage';

/** The fleet with the title of its page, which the new frontend system gives to a page by itself. */
export function LegacyFleetPage() {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <>
      <PluginHeader title={t('fleet.title')} icon={<RiRobot2Line />} />
      <FleetPage />
    </>
  );
}
