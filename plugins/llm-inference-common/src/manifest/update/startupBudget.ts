import { asNumber, asRecord } from '../../resource/unknown';
import type { EngineContainer, ManifestEdit } from './ManifestEdit';

/** Where a manifest says nothing about the period, long starts are looked at this often, in seconds. */
const PERIOD_SECONDS = 30;

/**
 * Sets how long a start may take. Only the number of looks changes where the manifest has a probe of its own;
 * what it asks, and how, stays.
 *
 * @param seconds - from the start of the container until it is killed
 */
export function setStartupBudget(
  edit: ManifestEdit,
  { name, path, worker }: EngineContainer,
  seconds: number,
): void {
  if (worker) return;
  const probe = [...path, 'startupProbe'];
  const { initialDelaySeconds, periodSeconds, failureThreshold } = asRecord(
    edit.read(probe),
  );
  const delay = asNumber(initialDelaySeconds) ?? 0;
  const period = asNumber(periodSeconds) ?? PERIOD_SECONDS;
  const looks = Math.max(1, Math.ceil((seconds - delay) / period));
  if (periodSeconds === period && failureThreshold === looks) return;
  const before =
    typeof failureThreshold === 'number' && typeof periodSeconds === 'number'
      ? `${delay + failureThreshold * period} s`
      : undefined;
  edit.write([...probe, 'periodSeconds'], period);
  edit.write([...probe, 'failureThreshold'], looks);
  edit.record(`${name} startup budget`, before, `${delay + looks * period} s`);
}
