import type { MetricSample } from '../Observation';
import { eachWantedLine, parseLines, parseValues } from './parseExposition';
import {
  frameOf,
  type Arrangement,
  type FramePacker,
  type ScrapeFrame,
} from './ScrapeFrame';
import { isMeasuredSeries } from './seriesNames';

/** Places whose page is remembered at most, the longest unread ones are forgotten first. */
const PLACES = 50_000;

/** The wanted lines of a page without their values, and where each value goes. */
interface KnownPage extends Arrangement {
  /** Name and labels as they stand on the page. */
  readonly heads: readonly string[];
}

/**
 * Reads pages that are read again and again. Between two scrapes of a pod nothing changes but values: a page
 * whose lines begin as they did before needs no second look at its labels.
 *
 * @public
 */
export class PageReader {
  readonly #packer: FramePacker;
  /** By place, the longest unread first. */
  readonly #known = new Map<string, KnownPage>();
  /** Two pods of one model have the same page; one that no place has any more is let go. */
  readonly #shared = new Map<string, WeakRef<KnownPage>>();
  readonly #registry = new FinalizationRegistry<string>(id => {
    if (this.#shared.get(id)?.deref() === undefined) this.#shared.delete(id);
  });

  constructor(packer: FramePacker) {
    this.#packer = packer;
  }

  /**
   * Reads a page.
   *
   * @param place - names where the page came from, so that it is known again
   * @param at - milliseconds since the epoch
   * @throws Error where a wanted line cannot be read
   */
  read(place: string, at: number, text: string): ScrapeFrame {
    const known = this.#known.get(place);
    const values = known && valuesOf(text, known.heads);
    if (values) {
      this.#remember(place, known);
      return frameOf(at, known, values);
    }
    const lines: string[] = [];
    eachWantedLine(text, isMeasuredSeries, (start, end) => {
      lines.push(text.slice(start, end).trimEnd());
      return true;
    });
    const samples = parseLines(lines);
    const arrangement = this.#packer.arrange(samples);
    const heads = headsOf(lines, samples);
    if (heads) this.#remember(place, this.#share(heads, arrangement));
    else this.#known.delete(place);
    return frameOf(
      at,
      arrangement,
      samples.map(({ value }) => value),
    );
  }

  #remember(place: string, page: KnownPage): void {
    this.#known.delete(place);
    this.#known.set(place, page);
    if (this.#known.size > PLACES) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest);
    }
  }

  #share(heads: readonly string[], arrangement: Arrangement): KnownPage {
    const id = heads.join('\n');
    const shared = this.#shared.get(id)?.deref();
    if (shared) return shared;
    // Cut out of the id: pieces of the page itself would keep the whole page in memory.
    const page = { ...arrangement, heads: id.split('\n') };
    this.#shared.set(id, new WeakRef(page));
    this.#registry.register(page, id);
    return page;
  }
}

/** The values of a page whose wanted lines begin so, no more and no fewer; undefined of any other page. */
function valuesOf(
  text: string,
  heads: readonly string[],
): number[] | undefined {
  const values: string[] = [];
  const same = eachWantedLine(text, isMeasuredSeries, (start, end) => {
    const head = heads[values.length];
    if (head === undefined || !text.startsWith(head, start)) return false;
    const value = text.slice(start + head.length, end);
    values.push(value);
    return value.startsWith(' ');
  });
  if (!same || values.length !== heads.length) return undefined;
  const numbers = parseValues(values);
  return numbers.length === values.length ? numbers : undefined;
}

/** Lines without their values; undefined where one is not of the plain form, or two are of one series. */
function headsOf(
  lines: readonly string[],
  samples: readonly MetricSample[],
): string[] | undefined {
  if (lines.length === 0 || lines.length !== samples.length) return undefined;
  const heads = lines.map(line =>
    line.slice(0, line.lastIndexOf('}') + 1 || Math.max(0, line.indexOf(' '))),
  );
  // What stands behind the hash sign is an example of the value, with labels of its own.
  return heads.some(head => head === '' || head.includes(' # '))
    ? undefined
    : heads;
}
