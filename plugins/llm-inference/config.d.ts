export interface Config {
  llmInference?: {
    verifyPd?: {
      /**
       * Whether "Verify PD" is offered; see the configuration of the backend plugin for what it does.
       * @visibility frontend
       */
      enabled?: boolean;
    };
  };
}
