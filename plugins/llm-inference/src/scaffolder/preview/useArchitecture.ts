import { useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  referenceModel,
  refuseModelUri,
  type ModelArchitecture,
} from 'backstage-plugin-llm-inference-common';
import { loadArchitecture } from './loadArchitecture';

/** The numbers of the model of a form; undefined until they are there, and where nobody knows them. */
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
    let gone = false;
    const keep = (architecture?: ModelArchitecture) => {
      if (!gone) setLoaded({ uri, architecture });
    };
    if (uri && !refuseModelUri(uri)) {
      loadArchitecture(fetchApi, uri).then(keep, () => keep(undefined));
    }
    return () => {
      gone = true;
    };
  }, [fetchApi, uri]);
  return (
    referenceModel(uri) ??
    (loaded?.uri === uri ? loaded.architecture : undefined)
  );
}
