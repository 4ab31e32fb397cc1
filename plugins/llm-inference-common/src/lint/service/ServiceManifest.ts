import type { UnknownRecord } from '../../resource/unknown';
import { asList, asRecord, asText } from '../../resource/unknown';
import { withoutNulls } from './withoutNulls';
import { Pool } from './Pool';
import { mergeBaseConfigs } from './mergeBaseConfigs';

/** Where a networks annotation or a label was found. */
export interface Located<T> {
  path: string;
  value: T;
}

/**
 * One LLMInferenceService as the rules see it: its spec merged with the base configurations that are known.
 * Paths of the service's own values are those of its manifest.
 */
export class ServiceManifest {
  /** For findings, for example `LLMInferenceService/qwen`. */
  readonly label: string;
  readonly name: string | undefined;
  readonly metadata: UnknownRecord;
  readonly annotations: UnknownRecord;
  readonly spec: UnknownRecord;
  /** False where a base configuration is not known: what seems absent may be there. */
  readonly complete: boolean;
  readonly decode: Pool;
  /** Present, also for `{}`, in a disaggregated service. */
  readonly prefill: Pool | undefined;
  readonly pools: readonly Pool[];

  constructor(
    readonly object: UnknownRecord,
    baseConfigs: readonly UnknownRecord[],
  ) {
    this.metadata = asRecord(object.metadata);
    this.name = asText(this.metadata.name);
    this.label = `${asText(object.kind) ?? 'Object'}/${this.name ?? '?'}`;
    this.annotations = asRecord(this.metadata.annotations);
    const merged = mergeBaseConfigs(
      asRecord(object.spec),
      baseConfigs,
      asText(this.metadata.namespace),
    );
    this.spec = withoutNulls(merged.spec);
    this.complete = merged.complete;
    const { prefill } = this.spec;
    const disaggregated = prefill !== undefined;
    this.decode = new Pool(
      this,
      'decode',
      disaggregated ? 'decode' : 'both',
      'spec',
      this.spec,
    );
    this.prefill = disaggregated
      ? new Pool(this, 'prefill', 'prefill', 'spec.prefill', asRecord(prefill))
      : undefined;
    this.pools = this.prefill ? [this.decode, this.prefill] : [this.decode];
  }

  /** Both pools of a disaggregated service; absent for another. */
  get pair(): { decode: Pool; prefill: Pool } | undefined {
    return this.prefill && { decode: this.decode, prefill: this.prefill };
  }

  get router(): UnknownRecord {
    return withoutNulls(asRecord(this.spec.router));
  }

  get modelUri(): string | undefined {
    return asText(asRecord(this.spec.model).uri);
  }

  /** Pod specs of the service that are not a pool's: the scheduler's and the tokenizer's. */
  get routerTemplates(): Located<UnknownRecord>[] {
    const scheduler = asRecord(this.router.scheduler);
    return [
      {
        path: 'spec.router.scheduler.template',
        value: asRecord(scheduler.template),
      },
      {
        path: 'spec.router.scheduler.tokenizer.template',
        value: asRecord(asRecord(scheduler.tokenizer).template),
      },
    ].filter(({ value }) => Object.keys(value).length > 0);
  }

  /** Number of base configurations that the manifest names. */
  get baseRefs(): number {
    return asList(asRecord(this.object.spec).baseRefs).length;
  }
}
