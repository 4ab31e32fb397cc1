import type { CapacityEstimate } from '../../sizing/CapacityPlan';
import { GIB } from '../../sizing/units';

/** The numbers of a capacity estimate as Markdown; what is not known is left out. */
export function capacityTable(capacity: CapacityEstimate): string {
  const { decode, prefill, transfer, kvBytesPerToken } = capacity;
  const gib = (bytes: number | undefined) =>
    bytes === undefined ? undefined : `${(bytes / GIB).toFixed(2)} GiB`;
  const rows: Array<[string, string | undefined, string | undefined]> = [
    ['weights per GPU', gib(prefill?.weightBytes), gib(decode.weightBytes)],
    [
      'left for the KV cache per GPU',
      gib(prefill?.kvAvailableBytes),
      gib(decode.kvAvailableBytes),
    ],
    ['tokens that fit', count(prefill?.tokens), count(decode.tokens)],
    [
      'longest requests at once',
      count(prefill?.maxConcurrency),
      count(decode.maxConcurrency),
    ],
  ];
  const known = rows.filter(([, ...values]) =>
    values.some(value => value !== undefined),
  );
  return [
    'Estimated, before the first measurement:',
    '',
    ...(known.length
      ? [
          '| one replica | prefill | decode |',
          '| --- | --- | --- |',
          ...known.map(
            ([title, a, b]) => `| ${title} | ${a ?? '–'} | ${b ?? '–'} |`,
          ),
          '',
        ]
      : []),
    ...(kvBytesPerToken
      ? [`- KV cache of one token: ${count(kvBytesPerToken)} bytes`]
      : []),
    ...(transfer
      ? [
          `- transfer of one prompt: ${gib(transfer.bytes)} in ${(
            transfer.seconds * 1000
          ).toFixed(0)} ms`,
        ]
      : []),
    ...capacity.advice.map(({ text }) => `- ${text}`),
  ].join('\n');
}

function count(value: number | undefined): string | undefined {
  return value === undefined
    ? undefined
    : Math.round(value).toLocaleString('en-US');
}
