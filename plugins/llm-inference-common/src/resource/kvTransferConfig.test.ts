import { readEngineArguments } from './engineArguments';
import {
  findTransferConnector,
  pairConnectors,
  readKvTransferConfig,
  readSidecarConnector,
} from './kvTransferConfig';

const CONSUMER = '{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}';
const PRODUCER = '{"kv_connector":"NixlConnector","kv_role":"kv_producer"}';

const read = (additional: string, args?: string[]) =>
  readKvTransferConfig(
    readEngineArguments({
      env: [{ name: 'VLLM_ADDITIONAL_ARGS', value: additional }],
      args,
    }),
  );

describe('readKvTransferConfig', () => {
  it.each([
    ['underscores, single quotes', `--kv_transfer_config '${CONSUMER}'`],
    ['dashes and an equals sign', `--kv-transfer-config='${CONSUMER}'`],
    ['among other flags', `--a 1 --kv-transfer-config '${CONSUMER}' --b -1`],
    [
      'escaped double quotes',
      `--kv-transfer-config "${CONSUMER.replace(/"/g, '\\"')}"`,
    ],
    ['unescaped double quotes', `--kv-transfer-config "${CONSUMER}"`],
    ['no quotes', `--kv-transfer-config ${CONSUMER}`],
    [
      'no quotes and spaces inside',
      `--kv-transfer-config ${CONSUMER.replace(/([:,])/g, '$1 ')} --b 2`,
    ],
    [
      'dotted',
      '--kv-transfer-config.kv_connector NixlConnector --kv-transfer-config.kv_role=kv_consumer',
    ],
  ])('reads %s', (_, additional) => {
    expect(read(additional)).toMatchObject({
      connector: 'NixlConnector',
      role: 'kv_consumer',
      valid: true,
      source: 'VLLM_ADDITIONAL_ARGS',
    });
  });

  it('reads args, joined as the start script joins them', () => {
    expect(read('', ['--kv-transfer-config', `'${PRODUCER}'`])).toMatchObject({
      role: 'kv_producer',
      source: 'args',
      quoting: 'single',
    });
  });

  it('does not read the start script', () => {
    expect(
      readKvTransferConfig(
        readEngineArguments({
          command: ['bash', '-c', `# --kv-transfer-config '${CONSUMER}'`],
        }),
      ),
    ).toBeUndefined();
  });

  it('keeps JSON that cannot be parsed as invalid', () => {
    expect(read(`--kv-transfer-config '{"kv_connector":}'`)).toMatchObject({
      valid: false,
      connector: undefined,
    });
  });

  it('tells how the JSON was quoted', () => {
    expect(read(`--kv-transfer-config ${CONSUMER}`)?.quoting).toBe('double');
    expect(read(`--kv-transfer-config '${CONSUMER}'`)?.quoting).toBe('single');
  });
});

describe('pairConnectors', () => {
  const config = (json: string) => read(`--kv-transfer-config '${json}'`);
  const multi = (role: string) =>
    `{"kv_connector":"MultiConnector","kv_role":"${role}","kv_connector_extra_config":{"connectors":[` +
    `{"kv_connector":"OffloadingConnector","kv_role":"kv_both"},{"kv_connector":"NixlPullConnector","kv_role":"${role}"}]}}`;

  it.each([
    ['both sides', CONSUMER, PRODUCER, 'Paired'],
    [
      'the deprecated kv_both',
      CONSUMER.replace('kv_consumer', 'kv_both'),
      PRODUCER,
      'Paired',
    ],
    [
      'the Nixl entry of MultiConnector',
      multi('kv_consumer'),
      PRODUCER,
      'Paired',
    ],
    ['equal one-sided roles', CONSUMER, CONSUMER, 'Mismatched'],
    ['swapped roles', PRODUCER, CONSUMER, 'Mismatched'],
    [
      'different connectors',
      CONSUMER,
      PRODUCER.replace('Nixl', 'Mooncake'),
      'Mismatched',
    ],
    [
      'a local connector',
      '{"kv_connector":"OffloadingConnector","kv_role":"kv_both"}',
      PRODUCER,
      'PrefillOnly',
    ],
    ['unreadable JSON', '{', PRODUCER, 'Unknown'],
  ])('judges %s', (_, decode, prefill, expected) => {
    expect(pairConnectors(config(decode), config(prefill)).configuration).toBe(
      expected,
    );
  });

  it('says what does not match', () => {
    expect(pairConnectors(config(PRODUCER), config(PRODUCER)).problem).toBe(
      'both pools are kv_producer',
    );
  });

  it('knows what is absent', () => {
    expect(pairConnectors(undefined, undefined).configuration).toBe('None');
    expect(pairConnectors(config(CONSUMER), undefined).configuration).toBe(
      'DecodeOnly',
    );
  });

  it('treats the pull connector as Nixl', () => {
    expect(findTransferConnector(config(multi('kv_both')))?.name).toBe(
      'NixlConnector',
    );
  });
});

describe('readSidecarConnector', () => {
  it('reads both spellings of the flag', () => {
    expect(
      readSidecarConnector({ command: ['/app', '--kv-connector=nixlv2'] }),
    ).toBe('nixlv2');
    expect(readSidecarConnector({ args: ['--connector', 'lmcache'] })).toBe(
      'lmcache',
    );
    expect(readSidecarConnector({})).toBeUndefined();
  });
});
