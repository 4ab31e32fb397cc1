export interface Config {
  catalog?: {
    providers?: {
      /** How services that exist in clusters, and that no catalog file describes, become entities. */
      llmInference?: {
        /**
         * When everything is compared anew; every five minutes where absent. Changes do not wait for it.
         */
        schedule?: {
          /** Time between two rounds: a duration, a cron expression, or only by hand. */
          frequency:
            | string
            | { cron: string }
            | { trigger: 'manual' }
            | { hours?: number; minutes?: number; seconds?: number };
          /** How long a round may take. */
          timeout:
            | string
            | { hours?: number; minutes?: number; seconds?: number };
          /** Time before the first round. */
          initialDelay?:
            | string
            | { hours?: number; minutes?: number; seconds?: number };
          /** `global` runs in one replica, `local` in each. */
          scope?: 'global' | 'local';
        };
        /** What an entity gets where its service does not say. */
        defaults?: {
          /**
           * Reference of the owner, for example `group:default/ml-platform`; `unknown` where absent.
           * @visibility backend
           */
          owner?: string;
          /**
           * Reference of the system; none where absent.
           * @visibility backend
           */
          system?: string;
          /**
           * `production` where absent.
           * @visibility backend
           */
          lifecycle?: string;
        };
        /**
         * Which annotations and labels of the LLMInferenceService decide a field, the first that is there
         * wins. Where a field is absent: the annotation `llm-inference.backstage.io/<field>`.
         */
        rules?: {
          owner?: Array<{ annotation: string } | { label: string }>;
          system?: Array<{ annotation: string } | { label: string }>;
          lifecycle?: Array<{ annotation: string } | { label: string }>;
          title?: Array<{ annotation: string } | { label: string }>;
          description?: Array<{ annotation: string } | { label: string }>;
          /** Separated by commas. */
          tags?: Array<{ annotation: string } | { label: string }>;
        };
      };
    };
  };
}
