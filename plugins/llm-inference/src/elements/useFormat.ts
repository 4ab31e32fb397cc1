import { useMemo } from 'react';
import {
  appLanguageApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';

/** Times and numbers as people read them, in the language of the portal. */
export interface Format {
  /** A moment: the time of day, with the date where it is not today. */
  moment(at: string | number): string;
  /** The time of day, with seconds. */
  timeOfDay(at: string | number): string;
  /** Date and time in full. */
  fullMoment(at: string | number): string;
  /** A share of one as a percentage, with as many digits as tell. */
  percent(share: number): string;
  /** A throughput in the unit that fits, for example `11.2 GB/s`. */
  throughput(bytesPerSecond: number): string;
  /** A size in the unit that fits, for example `224 MB`. */
  bytes(bytes: number): string;
  /** A size of memory in the binary unit that fits, for example `14.2 GiB`. */
  memory(bytes: number): string;
  /** A whole number. */
  count(value: number): string;
  /** A length of time in seconds or milliseconds. */
  duration(seconds: number): string;
  /** A number with as many digits as tell. */
  figure(value: number): string;
  /** A measured share of one as a percentage, also a small one. */
  share(share: number): string;
  /** How long ago, in the largest unit that fits, for example `5 min`. */
  age(at: string | number, now?: number): string;
}

const BYTES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
  ['byte', 1],
] as const;

const MEMORY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Formats for the language that the portal is shown in. */
export function useFormat(): Format {
  const apis = useApiHolder();
  const language = apis.get(appLanguageApiRef)?.getLanguage().language;
  return useMemo(() => createFormat(language), [language]);
}

/** Formats for one language; the browser's own where it is `undefined`. */
export function createFormat(language: string | undefined): Format {
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
  });
  const dateAndTime = new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const precise = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const full = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const inBytes = (value: number, unitOf: (unit: string) => string) => {
    const [unit, size] = BYTES.find(([, least]) => value >= least) ?? BYTES[3];
    return new Intl.NumberFormat(language, {
      style: 'unit',
      unit: unitOf(unit),
      unitDisplay: 'short',
      maximumSignificantDigits: 3,
    }).format(value / size);
  };
  const figure = new Intl.NumberFormat(language, {
    maximumSignificantDigits: 3,
  });
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  return {
    moment(at) {
      const date = new Date(at);
      const today = date.toDateString() === new Date().toDateString();
      return (today ? time : dateAndTime).format(date);
    },
    percent: share =>
      new Intl.NumberFormat(language, {
        style: 'percent',
        maximumFractionDigits: share > 0.99 ? 2 : 0,
        // 99.999 % is not 100 %.
      }).format(share > 0.99 ? Math.floor(share * 10_000) / 10_000 : share),
    bytes: bytes => inBytes(bytes, unit => unit),
    throughput: rate => inBytes(rate, unit => `${unit}-per-second`),
    duration(seconds) {
      const short = seconds < 1;
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: short ? 'millisecond' : 'second',
        unitDisplay: 'short',
        maximumSignificantDigits: 3,
      }).format(short ? seconds * 1000 : seconds);
    },
    memory(bytes) {
      const power = Math.floor(Math.log2(Math.max(1, bytes)) / 10);
      const unit = Math.min(power, MEMORY.length - 1);
      return `${figure.format(bytes / 1024 ** unit)} ${MEMORY[unit]}`;
    },
    count: value => count.format(value),
    figure: value => figure.format(value),
    share: share =>
      new Intl.NumberFormat(language, {
        style: 'percent',
        maximumSignificantDigits: 3,
      }).format(share),
    timeOfDay: at => precise.format(new Date(at)),
    fullMoment: at => full.format(new Date(at)),
    age(at, now = Date.now()) {
      const seconds = Math.max(0, (now - new Date(at).getTime()) / 1000);
      const [unit, size] =
        UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'narrow',
        maximumFractionDigits: 0,
      }).format(Math.floor(seconds / size));
    },
  };
}
