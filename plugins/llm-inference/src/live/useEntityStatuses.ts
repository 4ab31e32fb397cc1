import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { LiveEntityStatus, liveStatusApiRef } from './LiveStatusApi';

/** The live statuses of several entities, in their order; renders again whenever one of them changes. */
export function useEntityStatuses(entityRefs: string[]): LiveEntityStatus[] {
  const live = useApi(liveStatusApiRef);
  const key = entityRefs.join('\n');
  const refs = useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
  const last = useRef<LiveEntityStatus[]>([]);
  return useSyncExternalStore(
    useCallback(
      listener => {
        const stops = refs.map(ref => live.watchEntity(ref, listener));
        return () => stops.forEach(stop => stop());
      },
      [live, refs],
    ),
    () => {
      const statuses = refs.map(ref => live.entity(ref));
      const isSame =
        statuses.length === last.current.length &&
        statuses.every((status, index) => status === last.current[index]);
      if (!isSame) {
        last.current = statuses;
      }
      return last.current;
    },
  );
}
