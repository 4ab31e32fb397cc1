import {
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { RiRobot2Line } from '@remixicon/react';
import { fleetRouteRef } from '../routes';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { FleetPage } from './FleetPage';

/** The fleet under the header of the app, with its title in the reader's language unless the app names one. */
export function FleetPageLayout({ title }: { title?: string }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const link = useRouteRef(fleetRouteRef);
  const actions = useApi(pluginHeaderActionsApiRef);
  return (
    <PageLayout
      title={title ?? t('fleet.title')}
      icon={<RiRobot2Line />}
      titleLink={link?.()}
      headerActions={actions.getPluginHeaderActions('llm-inference')}
    >
      <FleetPage />
    </PageLayout>
  );
}
