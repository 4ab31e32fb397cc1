import { useMemo } from 'react';
import {
  type IconElement,
  PageLayout,
  pluginHeaderActionsApiRef,
  routeResolutionApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { fleetRouteRef } from '../routes';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { FleetPage } from './FleetPage';

interface FleetPageLayoutProps {
  /** The title that an administrator gives the page, whatever the language. */
  title?: string;
  icon?: IconElement;
  pluginId: string;
}

/** The fleet under the header that the app gives to pages, with its title in the reader's language. */
export function FleetPageLayout({
  title: named,
  icon,
  pluginId,
}: FleetPageLayoutProps) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const routes = useApi(routeResolutionApiRef);
  const actions = useApi(pluginHeaderActionsApiRef);
  const title = named ?? t('fleet.title');
  // Each render of a part that an app can swap makes all in it anew: the page may not lose its place when this one runs
  // again, and does not ask where it is, which it would learn at each change of the address.
  return useMemo(
    () => (
      <PageLayout
        title={title}
        icon={icon}
        titleLink={routes.resolve(fleetRouteRef)?.()}
        headerActions={actions.getPluginHeaderActions(pluginId)}
      >
        <FleetPage />
      </PageLayout>
    ),
    [title, icon, pluginId, routes, actions],
  );
}
