import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PageReader } from './PageReader';
import { FramePacker, type ScrapeFrame } from './ScrapeFrame';

const page = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', `${name}.prom`), 'utf8');

/** What is known of a page, in any order. */
function contents({ at, startedAt, layout, values }: ScrapeFrame) {
  const series = layout.series.map(({ name, labels }, place) =>
    JSON.stringify([name, Object.entries(labels).sort(), `${values[place]}`]),
  );
  return { at, startedAt, series: series.sort() };
}

/** Reads pages of one pod, one after the other. */
function readTogether(...pages: string[]) {
  const reader = new PageReader(new FramePacker());
  return pages.map((text, index) => contents(reader.read('a', index, text)));
}

/** Reads each page as if none had been read before. */
function readAlone(...pages: string[]) {
  return pages.map((text, index) =>
    contents(new PageReader(new FramePacker()).read('a', index, text)),
  );
}

const decode = page('exporter-vllm-decode');
const scheduler = page('exporter-epp');

describe('a page that is read again', () => {
  it.each([
    ['other values', decode, page('exporter-vllm-decode-later')],
    ['the scheduler', scheduler, page('exporter-epp-later')],
    ['another exporter', decode, scheduler],
    [
      'a series more, in the middle',
      decode,
      decode.replace(
        /^vllm:num_requests_running\{engine="1".*$/m,
        line => `${line}\n${line.replace('engine="1"', 'engine="2"')}`,
      ),
    ],
    [
      'a series less, at the end',
      `${decode}\nvllm:kv_cache_usage_perc{engine="9"} 1`,
      decode,
    ],
    [
      'another model',
      decode,
      decode.replaceAll('Qwen2.5-7B-Instruct', 'Qwen2.5-7B-Instruct-AWQ'),
    ],
    ['another order', decode, decode.split('\n').reverse().join('\n')],
    [
      'values that are no numbers',
      decode,
      decode.replaceAll(/^(vllm:kv_cache_usage_perc\{.*\}) .*$/gm, '$1 NaN'),
    ],
    [
      'times behind the values',
      decode,
      decode.replaceAll(/^(vllm:.*)$/gm, '$1 1794588300000'),
    ],
    [
      'examples behind the values',
      decode,
      decode.replaceAll(
        /^(vllm:nixl_xfer_time_seconds_bucket.*)$/gm,
        '$1 # {trace_id="f00"} 0.02 1794588300',
      ),
    ],
    [
      'braces, quotes and blanks in a label',
      'vllm:prompt_tokens_total{model_name="a} \\"b\\" {c"} 1\n',
      'vllm:prompt_tokens_total{model_name="a} \\"b\\" {c"} 2\n',
    ],
    [
      'a name that goes on',
      'vllm:prompt_tokens 1\n',
      'vllm:prompt_tokens_total 2\n',
    ],
    ['Windows line ends', decode, decode.replaceAll('\n', '\r\n')],
    ['tabs', decode, decode.replaceAll(/\} (\S+)$/gm, '}\t$1')],
    ['nothing', decode, ''],
    ['the half of it', decode, decode.slice(0, decode.length / 2)],
  ])('is read as it stands: %s', (_what, first, second) => {
    const pages = [first, second, second, first];
    expect(readTogether(...pages)).toEqual(readAlone(...pages));
  });

  it('has values beside a layout that all pods of the version share', () => {
    const reader = new PageReader(new FramePacker());
    const other = decode.replaceAll('Qwen2.5-7B-Instruct', 'Qwen2.5-72B');
    const frames = ['a', 'b', 'a', 'b'].map((pod, at) =>
      reader.read(pod, at, pod === 'a' ? decode : other),
    );
    expect(new Set(frames.map(({ layout }) => layout)).size).toBe(1);
  });
});
