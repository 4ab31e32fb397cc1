import { readFileSync } from 'node:fs';
import { repositoryFile } from '../repositoryFile';

const FIXTURES = 'plugins/llm-inference-common/src/health/series/__fixtures__';

/** A page in the layout of an exporter itself. */
export function metricsPage(name: 'vllm-decode' | 'epp'): string {
  return readFileSync(
    repositoryFile(`${FIXTURES}/exporter-${name}.prom`),
    'utf8',
  );
}

let pages: { engine: string; scheduler: string } | undefined;

/** Answers `/metrics` of any pod at no cost of its own: always the same page, as large as those of real pods. */
export async function answerMetrics({
  path,
  port,
}: {
  path: string;
  port: string;
}): Promise<{ status: number; body: string }> {
  pages ??= {
    engine: metricsPage('vllm-decode'),
    scheduler: metricsPage('epp'),
  };
  if (path.split('?')[0] !== '/metrics') {
    return { status: 404, body: 'not found' };
  }
  return {
    status: 200,
    body: port === '9090' ? pages.scheduler : pages.engine,
  };
}
