import type { ArgumentSource, EngineArgument } from './engineArguments';
import type { ShellQuoting } from './shellWords';
import { asList, asRecord, asText, type UnknownRecord } from './unknown';

/** What an engine was told about KV transfer. @public */
export interface KvTransferConfig {
  /** `kv_connector`; absent where the configuration names none or cannot be read. */
  connector?: string;
  /** `kv_role`. */
  role?: string;
  /** `kv_connector_extra_config`. */
  extra: UnknownRecord;
  /** The whole configuration as parsed. */
  fields: UnknownRecord;
  /** The connectors inside a `MultiConnector`. */
  members: KvTransferConfig[];
  /** Where it was written; absent for a member of a `MultiConnector`. */
  source?: ArgumentSource;
  quoting: ShellQuoting | 'dotted';
  /** As written. */
  raw: string;
  /** False where the JSON cannot be parsed: the engine would not start with it. */
  valid: boolean;
}

const FLAG = '--kv-transfer-config';

/**
 * The KV transfer configuration among engine arguments: both spellings of the flag, `=` or a space, any
 * quoting, and the dotted form `--kv-transfer-config.kv_connector X`. Read leniently, because a person must be
 * told what is wrong with the JSON rather than that there is none.
 *
 * @public
 */
export function readKvTransferConfig(
  list: readonly EngineArgument[],
): KvTransferConfig | undefined {
  let whole: EngineArgument | undefined;
  const dotted: EngineArgument[] = [];
  for (const argument of list) {
    if (argument.flag === FLAG) {
      whole = argument;
    } else if (argument.flag.startsWith(`${FLAG}.`)) {
      dotted.push(argument);
    }
  }
  if (whole) {
    const fields = parseLeniently(whole.value, whole.raw);
    return describe(fields, {
      source: whole.source,
      quoting: whole.quoting,
      raw: whole.raw ?? '',
    });
  }
  if (dotted.length === 0) {
    return undefined;
  }
  return describe(joinDotted(dotted), {
    source: dotted[0].source,
    quoting: 'dotted',
    raw: dotted.map(({ written, raw = '' }) => `${written} ${raw}`).join(' '),
  });
}

function describe(
  fields: UnknownRecord | undefined,
  origin: Pick<KvTransferConfig, 'source' | 'quoting' | 'raw'>,
): KvTransferConfig {
  const known = fields ?? {};
  const extra = asRecord(known.kv_connector_extra_config);
  const members =
    asText(known.kv_connector) === 'MultiConnector'
      ? asList(extra.connectors).map(member =>
          describe(asRecord(member), { quoting: origin.quoting, raw: '' }),
        )
      : [];
  return {
    connector: asText(known.kv_connector),
    role: asText(known.kv_role),
    extra,
    fields: known,
    members,
    ...origin,
    valid: fields !== undefined,
  };
}

function parseLeniently(
  value: string | undefined,
  raw: string | undefined,
): UnknownRecord | undefined {
  const unwrapped = raw?.trim().replace(/^(['"])([\s\S]*)\1$/, '$2');
  for (const text of [value, raw, unwrapped, unwrapped?.replace(/\\"/g, '"')]) {
    const parsed = parseObject(text);
    if (parsed) {
      return parsed;
    }
  }
  return undefined;
}

function parseObject(text: string | undefined): UnknownRecord | undefined {
  if (!text?.trimStart().startsWith('{')) {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return asRecord(parsed);
  } catch {
    // Not JSON in this reading; the caller tries the next one and reports the configuration as invalid.
    return undefined;
  }
}

function joinDotted(list: readonly EngineArgument[]): UnknownRecord {
  const root = new Map<string, unknown>();
  const extra = new Map<string, unknown>();
  for (const argument of list) {
    const [key, nested] = argument.flag.slice(FLAG.length + 1).split('.');
    const target = key === 'kv_connector_extra_config' ? extra : root;
    target.set(nested ?? key, argument.value);
  }
  if (extra.size > 0) {
    root.set('kv_connector_extra_config', Object.fromEntries(extra));
  }
  return Object.fromEntries(root);
}

/** Connectors that keep KV blocks for their own engine and move nothing between pools. */
const LOCAL_CONNECTORS = new Set([
  'OffloadingConnector',
  'SimpleCPUOffloadConnector',
]);

/** Names that vLLM treats as one connector. */
const ALIASES: Readonly<Record<string, string>> = {
  NixlPullConnector: 'NixlConnector',
};

/** The connector that moves KV blocks between the pools, found also inside a `MultiConnector`. @public */
export interface TransferConnector {
  /** Canonical name: an alias reads as the connector it stands for. */
  name: string;
  role?: string;
  config: KvTransferConfig;
}

/** The part of a configuration that two pools must agree on; absent where nothing moves KV blocks. @public */
export function findTransferConnector(
  config: KvTransferConfig | undefined,
): TransferConnector | undefined {
  if (!config?.connector) {
    return undefined;
  }
  if (config.connector === 'MultiConnector') {
    const candidates = config.members.filter(
      ({ connector }) => connector && !LOCAL_CONNECTORS.has(connector),
    );
    const member =
      candidates.find(({ connector = '' }) => isNixlConnector(connector)) ??
      candidates[0];
    return (
      member && {
        name: canonicalConnector(member.connector ?? ''),
        role: member.role ?? config.role,
        config: member,
      }
    );
  }
  if (LOCAL_CONNECTORS.has(config.connector)) {
    return undefined;
  }
  return {
    name: canonicalConnector(config.connector),
    role: config.role,
    config,
  };
}

function canonicalConnector(name: string): string {
  return ALIASES[name] ?? name;
}

/** Whether a connector uses NIXL. @public */
export function isNixlConnector(name: string): boolean {
  return /^Nixl\w*Connector$/.test(name);
}

/** What two pools' connectors make of each other. @public */
export interface ConnectorPairing {
  configuration:
    | 'Paired'
    | 'DecodeOnly'
    | 'PrefillOnly'
    | 'None'
    | 'Mismatched'
    | 'Unknown';
  /** Why the pair does not match, in words; present for `Mismatched`. */
  problem?: string;
  /** The same as data: a code and the names in it. */
  words?: Record<string, string>;
}

/**
 * Judges whether the pools' KV configurations fit each other, by connector and role only. `kv_both` pairs with
 * any role.
 *
 * @public
 */
export function pairConnectors(
  decodeConfig: KvTransferConfig | undefined,
  prefillConfig: KvTransferConfig | undefined,
): ConnectorPairing {
  if (decodeConfig?.valid === false || prefillConfig?.valid === false) {
    return { configuration: 'Unknown' };
  }
  const decode = findTransferConnector(decodeConfig);
  const prefill = findTransferConnector(prefillConfig);
  if (!decode || !prefill) {
    if (decode) {
      return { configuration: 'DecodeOnly' };
    }
    return { configuration: prefill ? 'PrefillOnly' : 'None' };
  }
  const problem = findPairingProblem(decode, prefill);
  return problem
    ? { configuration: 'Mismatched', ...problem }
    : { configuration: 'Paired' };
}

function findPairingProblem(
  decode: TransferConnector,
  prefill: TransferConnector,
): Required<Pick<ConnectorPairing, 'problem' | 'words'>> | undefined {
  if (decode.name !== prefill.name) {
    return {
      problem: `decode uses ${decode.name} and prefill uses ${prefill.name}`,
      words: {
        code: 'Connectors',
        decode: decode.name,
        prefill: prefill.name,
      },
    };
  }
  const decodeRole = decode.role ?? 'kv_both';
  const prefillRole = prefill.role ?? 'kv_both';
  if (decodeRole === 'kv_both' || prefillRole === 'kv_both') {
    return undefined;
  }
  if (decodeRole === 'kv_consumer' && prefillRole === 'kv_producer') {
    return undefined;
  }
  return {
    problem:
      decodeRole === prefillRole
        ? `both pools are ${decodeRole}`
        : `decode is ${decodeRole} and prefill is ${prefillRole}`,
    words: { code: 'Roles', decode: decodeRole, prefill: prefillRole },
  };
}

/** The value of the routing sidecar's flag that goes with a connector; absent where it is not known. @public */
export function sidecarConnectorFor(connector: string): string | undefined {
  if (isNixlConnector(connector)) return 'nixlv2';
  return connector === 'MooncakeConnector' ? 'mooncake' : undefined;
}

/** The connector flag (`--kv-connector`, formerly `--connector`) of a routing sidecar container. @public */
export function readSidecarConnector(container: unknown): string | undefined {
  const { command, args } = asRecord(container);
  const words = [...asList(command), ...asList(args)];
  for (let index = 0; index < words.length; index++) {
    const match = /^--(?:kv-)?connector(?:=(.*))?$/.exec(
      asText(words[index]) ?? '',
    );
    if (match) {
      return match[1] ?? asText(words[index + 1]);
    }
  }
  return undefined;
}
