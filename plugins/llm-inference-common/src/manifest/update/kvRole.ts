import {
  parseEngineArguments,
  readEngineArguments,
  type EngineArgument,
} from '../../resource/engineArguments';
import {
  findTransferConnector,
  isNixlConnector,
  readKvTransferConfig,
  type KvTransferConfig,
} from '../../resource/kvTransferConfig';
import { asList, asRecord, asText } from '../../resource/unknown';
import { kvTransferJson } from '../generate/kvTransferConfig';
import type { PoolName } from '../generate/names';
import { engineLine, writeEngineLine } from './engineLine';
import type { EngineContainer, ManifestEdit } from './ManifestEdit';
import { replaceArgument, setArguments } from './setArguments';

const FLAG = '--kv-transfer-config';

/** What each pool does with the KV cache. */
const ROLE: Record<PoolName, string> = {
  decode: 'kv_consumer',
  prefill: 'kv_producer',
};

/**
 * Makes prefill the producer of the KV cache and decode its consumer. A pool without any KV configuration gets
 * one; in others only the role changes.
 */
export function setKvRole(
  edit: ManifestEdit,
  container: EngineContainer,
): void {
  const { pool, name, path } = container;
  const role = ROLE[pool];
  const config = readKvTransferConfig(readEngineArguments(edit.read(path)));
  const connector = findTransferConnector(config);
  if (connector?.role === role) return;
  const refused = config && whyNot(config, connector?.name);
  if (refused) {
    edit.refuse('kvRoles', `${name}: ${refused}; edit the manifest by hand`);
    return;
  }
  const line = engineLine(edit, container);
  if (!line) return;
  const text = config
    ? withRole(line.text, config, role)
    : [line.text, argument({ kv_connector: 'NixlConnector', kv_role: role })]
        .filter(Boolean)
        .join(' ');
  if (roleIn(text) !== role) {
    edit.refuse(
      'kvRoles',
      `${name}: the role in '${FLAG}' cannot be changed where it stands; edit the manifest by hand`,
    );
    return;
  }
  writeEngineLine(edit, container, line, text);
  edit.record(
    `${name} KV role`,
    connector?.role ?? (config ? undefined : 'no KV configuration'),
    role,
  );
}

function whyNot(
  config: KvTransferConfig,
  connector: string | undefined,
): string | undefined {
  if (config.source === 'args') {
    return `'${FLAG}' stands in the container's args`;
  }
  if (!config.valid) return `the value of '${FLAG}' is not JSON`;
  if (!connector) {
    return `connector '${
      config.connector ?? ''
    }' moves no KV cache between pools`;
  }
  return undefined;
}

function withRole(
  line: string,
  config: KvTransferConfig,
  role: string,
): string {
  if (config.quoting === 'dotted') {
    return setArguments(line, { 'kv-transfer-config.kv_role': role });
  }
  const present = findConfig(line);
  if (!present?.raw) return line;
  // One role that is written out is changed where it stands: quotes, spaces and order stay.
  const written = /(\\?"kv_role\\?"\s*:\s*\\?")[^"\\]*/g;
  const inPlace = present.raw.match(written)?.length === 1;
  return replaceArgument(
    line,
    present,
    inPlace
      ? present.raw.replace(written, `$1${role}`)
      : quoted(fieldsWithRole(config, role)),
  );
}

/** In a `MultiConnector` the role is that of the connector that moves blocks between pools. */
function fieldsWithRole(config: KvTransferConfig, role: string) {
  if (config.connector !== 'MultiConnector') {
    return { ...config.fields, kv_role: role };
  }
  return {
    ...config.fields,
    kv_connector_extra_config: {
      ...config.extra,
      connectors: asList(config.extra.connectors).map(member => {
        const fields = asRecord(member);
        return isNixlConnector(asText(fields.kv_connector) ?? '')
          ? { ...fields, kv_role: role }
          : fields;
      }),
    },
  };
}

function argument(fields: object): string {
  return `${FLAG} ${quoted(fields)}`;
}

/** For the shell that evaluates the line; a quote inside is written as JSON can write it. */
function quoted(fields: object): string {
  return `'${kvTransferJson(fields).replace(/'/g, '\\u0027')}'`;
}

function findConfig(line: string): EngineArgument | undefined {
  return parseEngineArguments(line, 'VLLM_ADDITIONAL_ARGS').findLast(
    ({ flag }) => flag === FLAG,
  );
}

function roleIn(line: string): string | undefined {
  return findTransferConnector(
    readKvTransferConfig(parseEngineArguments(line, 'VLLM_ADDITIONAL_ARGS')),
  )?.role;
}
