import { readDeviceRequests } from '../../resource/resourceNames';
import { asRecord } from '../../resource/unknown';
import type { EngineContainer, ManifestEdit } from './ManifestEdit';

/**
 * Lets a pod ask for RDMA by this name. A wrong name is replaced where it stands, a missing one is added to
 * limits and requests alike, since extended resources cannot be overcommitted.
 */
export function setRdmaResource(
  edit: ManifestEdit,
  { name, path, pool }: EngineContainer,
  { resource, count }: { resource: string; count?: number },
): void {
  const devices = readDeviceRequests(edit.read(path)).filter(
    ({ kind }) => kind === 'rdma',
  );
  if (devices.length > 1) {
    edit.refuse(
      'rdma.resource',
      `${pool} asks for ${devices
        .map(device => `'${device.name}'`)
        .join(
          ' and ',
        )}; which of them is the RDMA resource cannot be told. Edit the manifest by hand`,
    );
    return;
  }
  const [present] = devices;
  const amount = count ?? present?.count ?? 1;
  if (present?.name === resource && present.count === amount) return;
  for (const side of ['limits', 'requests']) {
    const resources = [...path, 'resources', side];
    const values = asRecord(edit.read(resources));
    if (present && present.name !== resource && present.name in values) {
      edit.rename([...resources, present.name], resource);
    }
    if (!present || present.count !== amount || !(present.name in values)) {
      edit.write([...resources, resource], String(amount));
    }
  }
  edit.record(
    `${name} RDMA resource`,
    present && `${present.count} × ${present.name}`,
    `${amount} × ${resource}`,
  );
}
