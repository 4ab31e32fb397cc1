import {
  readEnvironment,
  readSideChannelHost,
} from '../../resource/environment';
import { asList, asRecord } from '../../resource/unknown';
import type { EngineContainer, ManifestEdit } from './ManifestEdit';

const VARIABLE = 'VLLM_NIXL_SIDE_CHANNEL_HOST';
const FROM_POD = { fieldRef: { fieldPath: 'status.podIP' } };

/** Lets an engine tell the other pool its own address instead of `localhost`. */
export function setSideChannelHost(
  edit: ManifestEdit,
  { name, path }: EngineContainer,
): void {
  const host = readSideChannelHost(readEnvironment(edit.read(path)));
  if (host.state === 'PodIp') return;
  const variables = [...path, 'env'];
  // The last of several variables of one name is the one that counts.
  const index = asList(edit.read(variables)).findLastIndex(
    item => asRecord(item).name === VARIABLE,
  );
  if (index < 0) {
    edit.append(variables, { name: VARIABLE, valueFrom: FROM_POD });
  } else {
    const variable = [...variables, index];
    edit.delete([...variable, 'value']);
    edit.delete([...variable, 'valueFrom']);
    edit.write(
      [...variable, 'valueFrom', 'fieldRef', 'fieldPath'],
      FROM_POD.fieldRef.fieldPath,
    );
  }
  edit.record(
    `${name} side-channel host`,
    host.state === 'Literal' ? host.value : undefined,
    'status.podIP',
  );
}
