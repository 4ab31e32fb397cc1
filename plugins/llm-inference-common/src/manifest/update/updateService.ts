import { STOP_ANNOTATION } from '../../api/annotations';
import { asList, asRecord } from '../../resource/unknown';
import { inspectText } from '../spec/inspectText';
import type { Parsed } from '../spec/Problem';
import { problemsOf } from '../spec/schemaProblems';
import { engineLine } from './engineLine';
import { setKvRole } from './kvRole';
import { ManifestEdit, type EngineContainer } from './ManifestEdit';
import { PREFILL_CANNOT_BE_ADDED, refuseNotInPlace } from './notInPlace';
import { setRdmaResource } from './rdmaResource';
import {
  serviceChange,
  type ChangedField,
  type ServiceChange,
} from './ServiceChange';
import { setArguments } from './setArguments';
import { setSideChannelHost } from './sideChannelHost';
import { setStartupBudget } from './startupBudget';
import { NotEditable, YamlEditor, type YamlPath } from './YamlEditor';

/** A manifest with a change worked in. @public */
export interface UpdatedManifest {
  content: string;
  /** Empty where the manifest says already what was asked for. */
  changes: ChangedField[];
}

/**
 * Changes a service in the text of its manifest. Comments, key order and everything this does not know stay as
 * they are, to the byte.
 *
 * @param content - a YAML file with one LLMInferenceService in it
 * @param change - a {@link ServiceChange}, or anything that claims to be one
 * @public
 */
export function updateService(
  content: string,
  change: unknown,
): Parsed<UpdatedManifest> {
  const texts = inspectText(change);
  if (texts.length > 0) return { ok: false, problems: texts };
  const refused = refuseNotInPlace(change);
  if (refused.length > 0) return { ok: false, problems: refused };
  const parsed = serviceChange.safeParse(change);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error) };
  }
  let editor: YamlEditor;
  try {
    editor = new YamlEditor(content);
  } catch (error) {
    return fail(`the manifest is not valid YAML: ${(error as Error).message}`);
  }
  const index = editor
    .objects()
    .findIndex(object => asRecord(object).kind === 'LLMInferenceService');
  if (index < 0) return fail('the file holds no LLMInferenceService');
  const edit = new ManifestEdit(editor, index);
  try {
    apply(edit, parsed.data);
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    return fail(
      `the manifest is written in a way that cannot be changed here, ${error.message}; edit it by hand`,
    );
  }
  return edit.problems.length > 0
    ? { ok: false, problems: edit.problems }
    : { ok: true, value: { content: edit.text, changes: edit.changes } };
}

function fail(message: string): Parsed<never> {
  return { ok: false, problems: [{ path: '', message }] };
}

function apply(edit: ManifestEdit, change: ServiceChange): void {
  const { decode, prefill, stopped, ...both } = change;
  if (stopped !== undefined) setStopped(edit, stopped);
  const ofBoth = Object.values(both).some(value => value !== undefined);
  for (const pool of ['decode', 'prefill'] as const) {
    const own = { decode, prefill }[pool] ?? {};
    const asked = Object.keys(own).length > 0;
    const base: YamlPath = pool === 'decode' ? ['spec'] : ['spec', 'prefill'];
    if (edit.read([...base, 'template'])) {
      setReplicas(edit, pool, base, own.replicas);
      const containers = containersOf(edit, pool, base);
      for (const container of containers) {
        changeContainer(edit, container, own, both);
      }
      const { replicas: _, ...inContainer } = own;
      if (
        containers.length === 0 &&
        (ofBoth || Object.keys(inContainer).length > 0)
      ) {
        edit.refuse(
          pool,
          "the pool's template has no container 'main'; edit the manifest by hand",
        );
      }
    } else if (asked || (ofBoth && pool === 'decode')) {
      // What is for both pools is for those that the service has.
      edit.refuse(
        pool,
        pool === 'prefill'
          ? PREFILL_CANNOT_BE_ADDED
          : 'the manifest has no decode pool of its own to change; it comes from its base configuration',
      );
    }
  }
}

type PoolChange = NonNullable<ServiceChange['decode']>;

function changeContainer(
  edit: ManifestEdit,
  container: EngineContainer,
  own: PoolChange,
  both: Omit<ServiceChange, 'decode' | 'prefill' | 'stopped'>,
): void {
  const { name, path } = container;
  setImage(edit, container, both.image);
  for (const resource of ['cpu', 'memory'] as const) {
    for (const [end, key] of [
      ['limit', 'limits'],
      ['request', 'requests'],
    ] as const) {
      const value = own[resource]?.[end];
      if (value !== undefined) {
        edit.set(
          `${name} ${resource} ${end}`,
          [...path, 'resources', key, resource],
          value,
        );
      }
    }
  }
  const values = { ...both.engine, ...own.arguments };
  if (Object.keys(values).length > 0) {
    const line = engineLine(edit, container);
    if (line?.path) {
      edit.set(`${name} arguments`, line.path, setArguments(line.text, values));
    } else if (line) {
      edit.refuse(
        `${name}.arguments`,
        'the pool has no VLLM_ADDITIONAL_ARGS to change; edit the manifest by hand',
      );
    }
  }
  if (both.startupBudgetSeconds !== undefined) {
    setStartupBudget(edit, container, both.startupBudgetSeconds);
  }
  if (both.rdma) setRdmaResource(edit, container, both.rdma);
  if (both.kvRoles) setKvRole(edit, container);
  if (both.sideChannelHost) setSideChannelHost(edit, container);
}

function setReplicas(
  edit: ManifestEdit,
  pool: EngineContainer['pool'],
  base: YamlPath,
  replicas: number | undefined,
): void {
  if (replicas === undefined) return;
  if (edit.read([...base, 'scaling'])) {
    edit.refuse(
      `${pool}.replicas`,
      `the ${pool} pool is scaled by load; its number of replicas cannot be fixed as well`,
    );
  } else {
    edit.set(`${pool} replicas`, [...base, 'replicas'], replicas);
  }
}

function setImage(
  edit: ManifestEdit,
  { name, path }: EngineContainer,
  image: ServiceChange['image'],
): void {
  const where = [...path, 'image'];
  if (image === undefined) return;
  if (image !== 'preset') {
    edit.set(`${name} image`, where, image);
    return;
  }
  const before = edit.read(where);
  if (before === undefined) return;
  edit.delete(where);
  edit.record(`${name} image`, String(before), "the preset's");
}

/** The engine's container in every template of a pool. */
function containersOf(
  edit: ManifestEdit,
  pool: EngineContainer['pool'],
  base: YamlPath,
): EngineContainer[] {
  return ['template', 'worker'].flatMap(template => {
    const containers = [...base, template, 'containers'];
    const index = asList(edit.read(containers)).findIndex(
      item => asRecord(item).name === 'main',
    );
    const worker = template === 'worker';
    return index < 0
      ? []
      : [
          {
            pool,
            worker,
            name: worker ? `${pool} worker` : pool,
            path: [...containers, index],
          },
        ];
  });
}

function setStopped(edit: ManifestEdit, stopped: boolean): void {
  const path = ['metadata', 'annotations', STOP_ANNOTATION];
  const before = String(edit.read(path) ?? 'false').toLowerCase() === 'true';
  if (before === stopped) return;
  if (stopped) edit.write(path, 'true');
  else edit.delete(path);
  edit.record('stopped', String(before), String(stopped));
}
