import { useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  referenceModel,
  refuseModelUri,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';
import { loadArchitecture } from './loadArchitecture';

/** A URI is asked for once nobody has typed for this long: every beginning of it may be one, too. */
const TYPING_MS = 400;

/** The numbers of the model of a form, as far as they are known by now. */
export function useArchitecture(
  formData: unknown,
): ModelArchitecture | undefined {
  const fetchApi = useApi(fetchApiRef);
  const uri =
    (formData as { model?: { uri?: string } } | undefined)?.model?.uri ?? '';
  const [loaded, setLoaded] = useState<{
    uri: string;
    architecture?: ModelArchitecture;
  }>();
  useEffect(() => {
    if (!uri || refuseModelUri(uri)) return undefined;
    let gone = false;
    const keep = (architecture?: ModelArchitecture) => {
      if (!gone) setLoaded({ uri, architecture });
    };
    const timer = setTimeout(() => {
      loadArchitecture(fetchApi, uri).then(keep, () => keep(undefined));
    }, TYPING_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [fetchApi, uri]);
  return (
    (loaded?.uri === uri ? loaded.architecture : undefined) ??
    referenceModel(uri)
  );
}
