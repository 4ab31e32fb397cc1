import { useMemo } from 'react';
import {
  appLanguageApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';

/** Times and numbers as people read them, in the language of the portal. */
export interface Format {
  /** A moment: the time of day, with the date where it is not today. */
  moment(at: string | number): string;
  /** Date and time in full. */
  fullMoment(at: string | number): string;
  /** A share of one as a percentage, with as many digits as tell. */
  percent(share: number): string;
  /** A throughput in the unit that fits, for example `11.2 GB/s`. */
  throughput(bytesPerSecond: number): string;
  /** A number with as many digits as tell. */
  figure(value: number): string;
  /** How long ago, in the largest unit that fits, for example `5 min`. */
  age(at: string | number, now?: number): string;
}

const BYTES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
  ['byte', 1],
] as const;

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
  const full = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
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
    throughput(bytesPerSecond) {
      const [unit, size] =
        BYTES.find(([, least]) => bytesPerSecond >= least) ?? BYTES[3];
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: `${unit}-per-second`,
        unitDisplay: 'short',
        maximumSignificantDigits: 3,
      }).format(bytesPerSecond / size);
    },
    figure: value =>
      new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(
        value,
      ),
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
