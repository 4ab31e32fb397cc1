import { useCallback, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { liveStatusApiRef, LiveEntityStatus } from './LiveStatusApi';

/** The live status of an entity; renders again whenever it changes. */
export function useEntityStatus(entityRef: string): LiveEntityStatus {
  const live = useApi(liveStatusApiRef);
  return useSyncExternalStore(
    useCallback(
      listener => live.watchEntity(entityRef, listener),
      [live, entityRef],
    ),
    () => live.entity(entityRef),
  );
}
