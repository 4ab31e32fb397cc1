import { isRecord } from '../../cluster/json';
import { targetOf } from '../../faults/FaultBook';
import { PodProxy, PodProxyRequest } from '../../kubernetes/pods/PodSources';
import { Pod } from '../kinds';
import { isReady } from '../workloads/podState';
import { engineSettings, modelOf } from './engineSettings';
import { EngineMeters } from './metrics/EngineMeters';
import { engineMetrics } from './metrics/engineMetrics';
import { REQUEST } from './metrics/flow';
import { schedulerMetrics } from './metrics/schedulerMetrics';
import { ServicePods } from './ServicePods';

type Answer = Awaited<ReturnType<PodProxy>>;

const TEXT = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const CHARACTERS_PER_TOKEN = 4;

/** What engines and schedulers answer to those who reach them through the API server. */
export class EngineProxy {
  /**
   * The scheduler wants a token for its metrics, and the API server passes none on: unless the platform
   * opened them, nobody reads them this way.
   */
  isSchedulerOpen = false;

  constructor(
    private readonly pods: ServicePods,
    private readonly meters: EngineMeters,
  ) {}

  /** Answers a request, or nothing where nothing listens. */
  async answer(request: PodProxyRequest): Promise<Answer> {
    const pod = request.pod as Pod;
    return targetOf(pod) === 'scheduler'
      ? this.askScheduler(pod, request)
      : this.askEngine(pod, request);
  }

  private askScheduler(pod: Pod, { port, path }: PodProxyRequest): Answer {
    if (!['9090', 'metrics'].includes(port) || !isReady(pod)) {
      return undefined;
    }
    if (path.split('?')[0] !== '/metrics') {
      return { status: 404, body: '404 page not found\n' };
    }
    if (!this.isSchedulerOpen) {
      return { status: 401, body: 'Unauthorized\n' };
    }
    return {
      status: 200,
      headers: TEXT,
      body: schedulerMetrics(
        pod,
        this.meters.read(pod),
        this.pods.readyOf(pod),
      ),
    };
  }

  private askEngine(pod: Pod, request: PodProxyRequest): Answer {
    const ports = portsOf(pod);
    const port = request.port || ports[0];
    if (!ports.includes(port) || !isReady(pod)) {
      return undefined;
    }
    const [path] = request.path.split('?');
    if (request.method === 'POST') {
      return this.complete(pod, path, request.body);
    }
    switch (path) {
      case '/metrics':
        return {
          status: 200,
          headers: TEXT,
          body: engineMetrics(pod, this.meters.read(pod)),
        };
      case '/health':
        return { status: 200, body: '' };
      case '/v1/models':
        return json(200, {
          object: 'list',
          data: [{ id: modelOf(pod), object: 'model', owned_by: 'vllm' }],
        });
      default:
        return json(404, { detail: 'Not Found' });
    }
  }

  /** One request of a person, which the meters count like any other. */
  private complete(pod: Pod, path: string, text: string): Answer {
    const isChat = path === '/v1/chat/completions';
    if (!isChat && path !== '/v1/completions') {
      return json(404, { detail: 'Not Found' });
    }
    const body = parse(text);
    if (!body) {
      return json(400, { error: { message: 'the body is not JSON' } });
    }
    if (body.model !== modelOf(pod)) {
      return json(404, {
        error: { message: `The model \`${body.model}\` does not exist.` },
      });
    }
    const prompt = JSON.stringify(isChat ? body.messages : body.prompt) ?? '';
    const promptTokens = Math.ceil(prompt.length / CHARACTERS_PER_TOKEN);
    const completionTokens =
      typeof body.max_tokens === 'number' ? Math.min(body.max_tokens, 64) : 16;
    this.meters.addRequest(pod, promptTokens / REQUEST.promptTokens);
    const answer = 'This engine is played: it counts tokens and knows none.';
    return json(200, {
      id: `cmpl-${pod.metadata.uid}`,
      object: isChat ? 'chat.completion' : 'text_completion',
      model: modelOf(pod),
      choices: [
        {
          index: 0,
          finish_reason: 'length',
          ...(isChat
            ? { message: { role: 'assistant', content: answer } }
            : { text: answer }),
        },
      ],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
      },
    });
  }
}

/** Ports that a pod listens on: decode has its sidecar before the engine. Workers are headless. */
function portsOf(pod: Pod): string[] {
  const settings = engineSettings(pod);
  if (settings.role === 'worker') {
    return [];
  }
  const hasSidecar = pod.spec.initContainers?.some(
    container => container.name === 'llm-d-routing-sidecar',
  );
  return hasSidecar ? [String(settings.port), '8000'] : [String(settings.port)];
}

function json(status: number, body: unknown): Answer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : undefined;
  } catch {
    // Not JSON: the caller is told so.
    return undefined;
  }
}
