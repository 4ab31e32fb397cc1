import type { TracingService } from '@backstage/backend-plugin-api/alpha';

/** What is traced while it runs; attributes name clusters and resources, never people or services. */
export type Trace = <T>(
  name: string,
  attributes: Record<string, string>,
  work: (count: (what: string, amount: number) => void) => Promise<T>,
) => Promise<T>;

/** Traces through Backstage's tracing service. */
export function traceWith(tracing: TracingService): Trace {
  return async (name, attributes, work) =>
    await tracing.startActiveSpan(
      `llm-inference.${name}`,
      { attributes },
      span => work((what, amount) => span.setAttribute(what, amount)),
    );
}

/** Traces nothing. */
export const untraced: Trace = async (_name, _attributes, work) =>
  await work(() => undefined);
