import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  ClusterStatus,
  ServiceList,
  ServiceListQuery,
  ServiceSummary,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import { NOW } from '../src/__testUtils__/services';

const MODELS = [
  'Qwen/Qwen2-7B-Instruct',
  'deepseek-ai/DeepSeek-R1-0528',
  'meta-llama/Llama-3.3-70B-Instruct',
  'openai/gpt-oss-120b',
];
const TEAMS = ['ml-platform', 'search-team', 'support-bots', 'research'];
const SUMMARIES: Record<Verdict, string> = {
  Healthy: '2 prefill and 4 decode pods serve; KV transfer over RDMA.',
  Stopped: 'Stopped by its owner; nothing runs.',
  Progressing: '2 of 4 decode pods are starting; prefill is ready.',
  Unknown: 'The cluster does not let the portal read pods.',
  Degraded: '1 of 2 prefill pods cannot be scheduled: no free rdma/roce_gdr.',
  Missing: 'The service is not there.',
  Unavailable: 'No request can be answered: the model may not be downloaded.',
};

export const devClusters: ClusterStatus[] = [
  {
    name: 'gpu-east',
    title: 'GPU East',
    state: 'Live',
    since: NOW,
    resources: {},
  },
  {
    name: 'gpu-west',
    title: 'GPU West',
    state: 'Unreachable',
    since: NOW,
    message: 'connect ECONNREFUSED 10.0.0.1:6443',
    resources: {},
  },
  {
    name: 'gpu-north',
    title: 'GPU North',
    state: 'Live',
    since: NOW,
    resources: { 'pods/log': { state: 'Forbidden', since: NOW } },
  },
];

/** 2,000 services; most are healthy, as in life. */
const services: ServiceSummary[] = Array.from({ length: 2000 }, (_, index) => {
  const verdict = index % 9 === 0 ? VERDICTS[(index / 9) % 7] : 'Healthy';
  const cluster = devClusters[index % 3].name;
  const name = `model-${index}`;
  return {
    service: { cluster, namespace: `team-${index % 40}`, name },
    version: '1',
    verdict,
    summary: SUMMARIES[verdict],
    disaggregated: index % 11 !== 0,
    pools: {
      prefill: { desired: 2, ready: verdict === 'Degraded' ? 1 : 2 },
      decode: { desired: 4, ready: verdict === 'Unavailable' ? 0 : 4 },
    },
    model: { name: MODELS[index % MODELS.length] },
    entityRef: index % 5 === 0 ? undefined : `component:default/${name}`,
    owner: `group:default/${TEAMS[index % TEAMS.length]}`,
    freshness: {
      state: cluster === 'gpu-west' ? 'Stale' : 'Live',
      asOf: NOW,
    },
  };
});

/** Answers as the backend does: filtered, counted, sorted, cut. */
export function devServiceList(query: ServiceListQuery): ServiceList {
  const matching = services.filter(
    row =>
      (!query.text || row.service.name.includes(query.text)) &&
      (!query.cluster?.length || query.cluster.includes(row.service.cluster)) &&
      (!query.model?.length || query.model.includes(row.model?.name ?? '')),
  );
  const counts: ServiceList['counts'] = {};
  matching.forEach(({ verdict }) => {
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  });
  const wanted = matching.filter(
    ({ verdict }) => !query.verdict?.length || query.verdict.includes(verdict),
  );
  const sign = query.order === 'desc' ? -1 : 1;
  wanted.sort(
    (a, b) =>
      sign *
      (query.sort === 'verdict'
        ? VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict)
        : a.service.name.localeCompare(b.service.name)),
  );
  const offset = query.offset ?? 0;
  return {
    items: wanted.slice(offset, offset + (query.limit ?? 50)),
    total: wanted.length,
    counts,
    clusters: devClusters,
  };
}
