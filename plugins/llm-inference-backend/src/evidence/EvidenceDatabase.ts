import type { Knex } from 'knex';

/** Lines of one run of a container. */
export interface StoredEvidence {
  incarnation: string;
  service: string;
  lines: string[];
  /** Whether the log was read after a transfer had been seen. */
  afterTransfer: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The rate at which KV cache moved when a service was known good. */
export interface StoredBaseline {
  service: string;
  bytesPerSecond: number;
  /** How the engines were set up; see `engineSetup`. */
  setup: string;
  at: number;
}

interface EvidenceRow {
  incarnation: string;
  service: string;
  lines: string;
  after_transfer: boolean | number;
  at: string | number;
}

/** The tables of the evidence; knows SQL and nothing of services. */
export class EvidenceDatabase {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async evidence(): Promise<StoredEvidence[]> {
    const rows: EvidenceRow[] = await this.#knex('log_evidence').select();
    return rows.map(row => ({
      incarnation: row.incarnation,
      service: row.service,
      lines: JSON.parse(row.lines),
      afterTransfer: Boolean(row.after_transfer),
      at: Number(row.at),
    }));
  }

  async keepEvidence(evidence: StoredEvidence): Promise<void> {
    await this.#knex('log_evidence')
      .insert({
        incarnation: evidence.incarnation,
        service: evidence.service,
        lines: JSON.stringify(evidence.lines),
        after_transfer: evidence.afterTransfer,
        at: evidence.at,
      })
      .onConflict('incarnation')
      .merge();
  }

  /** Forgets runs that were last read before a moment. */
  async forgetEvidence(before: number): Promise<void> {
    await this.#knex('log_evidence').where('at', '<', before).del();
  }

  async baselines(): Promise<StoredBaseline[]> {
    const rows: Array<{
      service: string;
      bytes_per_second: string | number;
      setup: string;
      at: string | number;
    }> = await this.#knex('kv_baselines').select();
    return rows.map(({ service, bytes_per_second, setup, at }) => ({
      service,
      bytesPerSecond: Number(bytes_per_second),
      setup,
      at: Number(at),
    }));
  }

  async keepBaseline(baseline: StoredBaseline): Promise<void> {
    await this.#knex('kv_baselines')
      .insert({
        service: baseline.service,
        bytes_per_second: baseline.bytesPerSecond,
        setup: baseline.setup,
        at: baseline.at,
      })
      .onConflict('service')
      .merge();
  }
}
