import { EFA_RESOURCE } from '../../resource/resourceNames';
import { asList, asText } from '../../resource/unknown';
import type { Container } from './Container';

/** Whether a container requests AWS Elastic Fabric Adapter devices. */
export function requestsEfa(container: Container): boolean {
  return container.rdmaDevices.some(({ name }) => name === EFA_RESOURCE);
}

/** The backends that NIXL uses in a container; UCX unless the configuration names others. */
export function backendsOf(container: Container): string[] {
  const { backends } = container.connector?.config.extra ?? {};
  const named = asList(backends).flatMap(item => asText(item) ?? []);
  return named.length > 0 ? named : ['UCX'];
}

/** Who made the GPUs of a container, where that matters for transports. */
export function gpuVendor(container: Container): 'amd' | 'nvidia' | undefined {
  const names = container.devices
    .filter(({ kind }) => kind === 'gpu')
    .map(({ name }) => name);
  if (names.some(name => name.startsWith('amd.com/'))) return 'amd';
  return names.some(name => name.startsWith('nvidia.com/'))
    ? 'nvidia'
    : undefined;
}
