import type { FleetHandle, FleetSize } from '../fleet/FleetSize';

/** `quick` is a look within three minutes for everything together, `full` is what is published. */
export type Mode = 'quick' | 'full';

/**
 * Who is measured: ours, what a user would pick instead, or the least that the job costs on this machine
 * whoever does it.
 */
export type Role = 'ours' | 'peer' | 'floor';

/** One point on the way from small to large. */
export interface Size {
  /** For people, and the name of the point in the results: `1,000 services`. */
  label: string;
  /** What grows, as a number; the exponent is fitted over it. */
  scale: number;
  /** The clusters, services and pods that have to be there; absent where a scenario needs none. */
  fleet?: FleetSize;
}

/** The samples of one who was measured. */
export interface Contender {
  role: Role;
  /** What it is: `Kubernetes plugin`, `no-op route`. One of each name in a measurement. */
  name: string;
  samples: number[];
}

/** Which figure of the samples. */
export type Statistic = 'median' | 'p95' | 'p99';

/**
 * What ours has to keep. Against another contender it is a ratio in one run, which `--check` judges;
 * without one it is an absolute figure, which is shown and never judged, for machines differ.
 */
export interface Bar {
  statistic: Statistic;
  /** Name of the contender by which ours is divided, or that is subtracted where `difference` is set. */
  against?: string;
  /** Compares the difference instead of the ratio; such a bar is absolute, too. */
  difference?: true;
  atMost?: number;
  atLeast?: number;
}

/** One thing that was measured of all contenders, at one size. */
export interface Measurement {
  /** Name of the figure within its scenario: `latency`. */
  metric: string;
  /** Of the samples: `ms`, `bytes`, `requests/min`, `1/s`. */
  unit: string;
  contenders: Contender[];
  bars?: Bar[];
  /** Whether more is better. */
  higherIsBetter?: true;
  /** What a reader has to know, in a sentence. */
  note?: string;
}

/** What a scenario is given. */
export interface Run {
  mode: Mode;
  size: Size;
  /** The fleet of this size: clusters that play, and portals over them that start when they are asked for. */
  fleet(): Promise<FleetHandle>;
  /** Tells the person who waits. */
  say(words: string): void;
}

/** Something that is measured. One file under `scenarios`, and one line in `scenarios/all.ts`. */
export interface Scenario {
  /** Name for `--only`: letters, digits and dashes. */
  name: string;
  /** What is measured, and against what; one sentence. */
  title: string;
  /** From small to large. */
  sizes(mode: Mode): readonly Size[];
  measure(run: Run): Promise<Measurement[]>;
}
