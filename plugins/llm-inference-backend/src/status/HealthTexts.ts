import type {
  EntityStatus,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { JsonParts } from './JsonParts';

/** Health that is kept as text; some 15 KiB each for a service of fifty pods. */
const KEPT = 250;

/**
 * Writes status as JSON. The health of a service is by far the longest part of it and is written once, for all
 * who look at it: at hundreds of reads a second the texts alone would keep the garbage collector busy.
 */
export class HealthTexts {
  /** By the health itself: what is judged anew is another object. */
  readonly #texts = new Map<ServingHealth, Buffer>();

  /** What `JSON.stringify` would make of a status. */
  write(status: EntityStatus): JsonParts {
    const { services } = status;
    const frame = JSON.stringify({
      ...status,
      services: services.map((service, index) => ({
        ...service,
        health: index,
      })),
    });
    const parts: Buffer[] = [];
    let from = 0;
    for (const [index, { health }] of services.entries()) {
      // Within a text the quotes would be escaped, so that this is found only where it was put.
      const marker = `"health":${index},`;
      const end = frame.indexOf(marker, from) + marker.length - 1;
      const start = end - String(index).length;
      parts.push(Buffer.from(frame.slice(from, start)), this.#textOf(health));
      from = end;
    }
    parts.push(Buffer.from(frame.slice(from)));
    return new JsonParts(parts);
  }

  #textOf(health: ServingHealth): Buffer {
    const known = this.#texts.get(health);
    if (known) {
      // Those that are read stay.
      this.#texts.delete(health);
      this.#texts.set(health, known);
      return known;
    }
    const text = Buffer.from(JSON.stringify(health));
    this.#texts.set(health, text);
    if (this.#texts.size > KEPT) {
      const [oldest] = this.#texts.keys();
      this.#texts.delete(oldest);
    }
    return text;
  }
}
