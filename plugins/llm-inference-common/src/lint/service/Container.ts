import {
  findArgument,
  readEngineArguments,
  type EngineArgument,
} from '../../resource/engineArguments';
import {
  mayHideArguments,
  readEnvironment,
  type EnvironmentVariable,
} from '../../resource/environment';
import {
  findTransferConnector,
  isNixlConnector,
  readKvTransferConfig,
  type KvTransferConfig,
  type TransferConnector,
} from '../../resource/kvTransferConfig';
import {
  countDevices,
  readDeviceRequests,
  type DeviceRequest,
} from '../../resource/resourceNames';
import {
  asList,
  asRecord,
  asText,
  type UnknownRecord,
} from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import { withoutNulls } from './withoutNulls';

/** One container of a pod spec, read once. */
export class Container {
  readonly fields: UnknownRecord;
  readonly name: string | undefined;
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  private cachedArguments: readonly EngineArgument[] | undefined;
  private cachedDevices: readonly DeviceRequest[] | undefined;

  constructor(
    fields: UnknownRecord,
    readonly path: string,
    readonly init: boolean,
  ) {
    this.fields = withoutNulls(fields);
    this.name = asText(fields.name);
    this.environment = readEnvironment(fields);
  }

  /** Arguments of the engine, from `VLLM_ADDITIONAL_ARGS` and `args`. */
  get arguments(): readonly EngineArgument[] {
    this.cachedArguments ??= readEngineArguments(this.fields);
    return this.cachedArguments;
  }

  get devices(): readonly DeviceRequest[] {
    this.cachedDevices ??= readDeviceRequests(this.fields);
    return this.cachedDevices;
  }

  /** Whether arguments may come from where a manifest does not show them. */
  get mayHideArguments(): boolean {
    return mayHideArguments(this.fields);
  }

  /** Whether devices may come from resource claims, which a manifest does not count. */
  get hasClaims(): boolean {
    return asList(asRecord(this.fields.resources).claims).length > 0;
  }

  get gpus(): number {
    return countDevices(this.devices, 'gpu');
  }

  get rdmaDevices(): readonly DeviceRequest[] {
    return this.devices.filter(({ kind }) => kind === 'rdma');
  }

  get kvConfig(): KvTransferConfig | undefined {
    return readKvTransferConfig(this.arguments);
  }

  /** The connector that moves KV blocks between the pools. */
  get connector(): TransferConnector | undefined {
    return findTransferConnector(this.kvConfig);
  }

  get usesNixl(): boolean {
    return isNixlConnector(this.connector?.name ?? '');
  }

  /** The last argument of a name in its canonical form, for example `--max-model-len`. */
  argument(flag: string): EngineArgument | undefined {
    return findArgument(this.arguments, flag);
  }

  env(name: string): EnvironmentVariable | undefined {
    return this.environment.get(name);
  }

  /** Path of a variable's value, or of the list where it is missing. */
  envPath(name: string): string {
    const index = asList(this.fields.env).findLastIndex(
      item => asRecord(item).name === name,
    );
    return index < 0
      ? joinPath(this.path, 'env')
      : joinPath(
          this.path,
          'env',
          index,
          asRecord(asList(this.fields.env)[index]).valueFrom === undefined
            ? 'value'
            : 'valueFrom',
        );
  }

  /** Path of the text that an argument was written in. */
  argumentPath(argument: EngineArgument): string {
    if (argument.source === 'VLLM_ADDITIONAL_ARGS') {
      return this.envPath('VLLM_ADDITIONAL_ARGS');
    }
    const index = asList(this.fields.args).findLastIndex(item =>
      asText(item)?.includes(argument.written),
    );
    return index < 0
      ? joinPath(this.path, 'args')
      : joinPath(this.path, 'args', index);
  }

  /** Path of the KV transfer configuration, or of the container without one. */
  get kvConfigPath(): string {
    const argument = this.arguments.findLast(({ flag }) =>
      flag.startsWith('--kv-transfer-config'),
    );
    return argument ? this.argumentPath(argument) : this.path;
  }
}
