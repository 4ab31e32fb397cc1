import { useCallback, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { LiveFleet, liveStatusApiRef } from './LiveStatusApi';

/** Whether the fleet has changed; renders again whenever it has. */
export function useFleet(): LiveFleet {
  const live = useApi(liveStatusApiRef);
  return useSyncExternalStore(
    useCallback(listener => live.watchFleet(listener), [live]),
    () => live.fleet(),
  );
}
