/** Numbers of the model; a `ModelArchitecture` of the sizing fits. Whatever is absent is not judged. @public */
export interface LintArchitecture {
  attentionHeads?: number;
  kv?: { kind: 'heads'; kvHeads: number } | { kind: 'latent' };
  /** Has layers with a state of fixed size (Mamba, linear attention). */
  hasStateLayers?: boolean;
  encoderDecoder?: boolean;
  parameters?: number;
  /** Bytes of the stored weights. */
  weightBytes?: number;
}

/** What a manifest says about the memory of one pool, to be estimated by the caller. @public */
export interface LintPoolSizes {
  /** The pool; `decode` also in a service that has only one. */
  name: 'decode' | 'prefill';
  tensor: number;
  pipeline: number;
  data: number;
  expert: boolean;
  /** GPUs of one pod, as requested. */
  gpus: number;
  /** Resource name of the GPU. */
  gpuResource?: string;
  maxModelTokens?: number;
  kvCacheType?: string;
  gpuMemoryUtilization?: number;
}

/** The answer to `LintPoolSizes`; a `PoolCapacity` of the sizing fits. @public */
export interface LintPoolFit {
  fits?: boolean;
  kvAvailableBytes?: number;
}

/** What the organisation allows. @public */
export interface LintPolicy {
  /** Allowed registries or repositories, for example `ghcr.io/llm-d`; everything where absent. */
  registries?: readonly string[];
  /** Whether an image without a digest is an error. */
  pinnedImages?: boolean;
}

/** What is known besides the manifests. Whatever is absent is not judged, never guessed. @public */
export interface LintOptions {
  /** Version of KServe that will read the manifest, for example `v0.18.0`. */
  kserveVersion?: string;
  /** Whether KServe serves the engines with TLS (`enableLLMInferenceServiceTLS`); its default is off. */
  tls?: boolean;
  architecture?: LintArchitecture;
  policy?: LintPolicy;
  /** LLMInferenceServiceConfigs that `spec.baseRefs` may name, besides those among the objects. */
  baseConfigs?: readonly unknown[];
  /** The services as they are before the change, to judge what cannot be changed in place. */
  previous?: readonly unknown[];
  /** Tokens of a typical prompt. */
  promptTokens?: number;
  /** Seconds that a request waits for decode and for its transfer, at the load expected. */
  handoverSeconds?: number;
  /** Estimates whether a pool's KV cache fits; without it that is not judged. */
  estimate?: (pool: LintPoolSizes) => LintPoolFit | undefined;
}
