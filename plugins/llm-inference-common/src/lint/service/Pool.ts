import { MAIN_CONTAINER } from '../../resource/containers';
import type { EngineRole } from '../../resource/probes';
import { tensorParallelism } from '../../resource/engineIntent';
import { NETWORKS_ANNOTATION } from '../../resource/networkAttachments';
import {
  asList,
  asNumber,
  asRecord,
  asText,
  type UnknownRecord,
} from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { Container } from './Container';
import { withoutNulls } from './withoutNulls';
import type { Located, ServiceManifest } from './ServiceManifest';

/** A pod spec of a pool: the template, or the worker of a multi-node pool. */
export interface PodTemplate {
  path: string;
  role: 'template' | 'worker';
  spec: UnknownRecord;
  /** Containers, then init containers. */
  containers: readonly Container[];
  /** The container called `main`. */
  main: Container | undefined;
  /** Whether the manifest writes this pod spec at all. */
  written: boolean;
}

/** One pool of a service as the rules see it. */
export class Pool {
  readonly templates: readonly PodTemplate[];
  /** Names for sentences: `decode`, `prefill`, or `the engine` of a service with one pool. */
  readonly title: string;
  readonly multiNode: boolean;
  readonly spec: UnknownRecord;

  constructor(
    private readonly service: ServiceManifest,
    readonly name: 'decode' | 'prefill',
    readonly role: EngineRole,
    /** `spec` or `spec.prefill`. */
    readonly path: string,
    spec: UnknownRecord,
  ) {
    this.spec = withoutNulls(spec);
    this.title = role === 'both' ? 'the engine' : name;
    this.multiNode = this.spec.worker !== undefined;
    this.templates = [
      readTemplate(this, 'template'),
      ...(this.multiNode ? [readTemplate(this, 'worker')] : []),
    ];
  }

  get template(): PodTemplate {
    return this.templates[0];
  }

  /** The engine's container in the template (the leader, in a multi-node pool). */
  get main(): Container | undefined {
    return this.template.main;
  }

  /** The engine's containers: of the template and of the worker. */
  get mains(): readonly Container[] {
    return this.templates.flatMap(({ main }) => main ?? []);
  }

  /** Every container of the pool, init containers included. */
  get containers(): readonly Container[] {
    return this.templates.flatMap(({ containers }) => containers);
  }

  /** A prefill pool without any container: it gets the preset's alone. */
  get empty(): boolean {
    return (
      this.name === 'prefill' &&
      this.templates.every(({ spec }) => asList(spec.containers).length === 0)
    );
  }

  /** Where something the pool lacks should be written. */
  get mainPath(): string {
    return this.main?.path ?? joinPath(this.path, 'template', 'containers');
  }

  get parallelism(): UnknownRecord {
    return asRecord(this.spec.parallelism);
  }

  /** Tensor parallelism, from the field or from the arguments; 1 by default. */
  get tensor(): number {
    return tensorParallelism(this.parallelism, this.main?.arguments ?? []);
  }

  /** A positive number of `parallelism`; absent where it is not set. */
  parallel(field: 'pipeline' | 'data' | 'dataLocal'): number | undefined {
    const value = asNumber(this.parallelism[field]);
    return value !== undefined && value > 0 ? value : undefined;
  }

  /** The networks annotation that reaches this pool's pods: the pool's own, else that of the metadata. */
  get networks(): Located<string> | undefined {
    for (const [path, annotations] of [
      [joinPath(this.path, 'annotations'), asRecord(this.spec.annotations)],
      ['metadata.annotations', this.service.annotations],
    ] as const) {
      const value = asText(annotations[NETWORKS_ANNOTATION]);
      if (value !== undefined) {
        return { path: joinPath(path, NETWORKS_ANNOTATION), value };
      }
    }
    return undefined;
  }
}

function readTemplate(pool: Pool, role: 'template' | 'worker'): PodTemplate {
  const path = joinPath(pool.path, role);
  const spec = withoutNulls(asRecord(pool.spec[role]));
  const containers = (['containers', 'initContainers'] as const).flatMap(list =>
    asList(spec[list]).map(
      (item, index) =>
        new Container(
          asRecord(item),
          joinPath(path, list, index),
          list === 'initContainers',
        ),
    ),
  );
  return {
    path,
    role,
    spec,
    containers,
    main: containers.find(({ name, init }) => name === MAIN_CONTAINER && !init),
    written: pool.spec[role] !== undefined,
  };
}
