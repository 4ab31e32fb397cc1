import { asList, asRecord, asText } from './unknown';

/** What an endpoint picker configuration says about disaggregation. @public */
export interface SchedulerProfile {
  /** Whether requests can be sent to a prefill pod. */
  disaggregated: boolean;
  /** Plugin type that decides whether a request is split, for example `always-disagg-pd-decider`. */
  decider?: string;
}

const PD_HANDLER = /^(?:disagg|pd)-profile-handler$/;

/**
 * Judges a parsed `EndpointPickerConfig`: it serves a disaggregated service only with a profile named `prefill`
 * and a profile handler for it.
 *
 * @public
 */
export function readSchedulerProfile(config: unknown): SchedulerProfile {
  const { plugins, schedulingProfiles } = asRecord(config);
  const types = asList(plugins).map(
    plugin => asText(asRecord(plugin).type) ?? '',
  );
  const profiles = asList(schedulingProfiles).map(profile =>
    asText(asRecord(profile).name),
  );
  return {
    disaggregated:
      profiles.includes('prefill') && types.some(type => PD_HANDLER.test(type)),
    decider: types.find(type => /-pd-decider$/.test(type)),
  };
}
