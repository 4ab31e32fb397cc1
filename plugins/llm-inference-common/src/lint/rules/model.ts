import { asRecord, asText } from '../../resource/unknown';
import type { Rule } from '../Rule';

const SCHEMES = ['hf://', 's3://', 'pvc://', 'oci://', 'oci+native://'];

/** Where the model comes from and what it is called. */
export const MODEL_RULES: readonly Rule[] = [
  {
    id: 'model-uri-missing',
    level: 'error',
    *check({ modelUri, complete }) {
      if (modelUri || !complete) return;
      yield {
        path: 'spec.model.uri',
        message: 'No model is named.',
        fix: `Set spec.model.uri, beginning with ${SCHEMES.join(', ')}.`,
      };
    },
  },
  {
    id: 'model-uri-scheme',
    level: 'error',
    *check({ modelUri }) {
      // A template expression cannot be judged here.
      if (!modelUri || modelUri.includes('{{')) return;
      if (SCHEMES.some(scheme => modelUri.startsWith(scheme))) return;
      const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(modelUri)?.[0];
      yield {
        path: 'spec.model.uri',
        words: { code: scheme ? undefined : 'none', scheme },
        message: scheme
          ? `The controller does not know the scheme ${scheme}.`
          : 'The URI has no scheme.',
        fix: `Begin with one of ${SCHEMES.join(', ')}.`,
      };
    },
  },
  {
    id: 'model-name-default',
    level: 'info',
    *check({ spec, name, complete }) {
      if (asText(asRecord(spec.model).name) || !complete) return;
      yield {
        path: 'spec.model.name',
        words: { code: name === undefined ? 'unnamed' : undefined, name },
        message: `Without a model name clients must ask for ${
          name ?? 'the name of the service'
        }.`,
        fix: 'Set spec.model.name to the name that clients know.',
      };
    },
  },
];
