import { Clock, KubeObject } from '../../../cluster/ClusterStore';
import { targetOf } from '../../../faults/FaultBook';
import { Pod } from '../../kinds';
import { ReadyPods, ServicePods } from '../ServicePods';
import { TrafficPlan } from '../TrafficPlan';
import { Flow, flowOf, REQUEST, shareOf } from './flow';

/** What a pod has done since it started. */
export interface Counts extends Flow {
  /** Bytes of KV cache that were pulled. */
  bytes: number;
  transferSeconds: number;
  /** Prompt tokens of what was answered, sent through prefill, and pulled. */
  tokens: Pick<Flow, 'answered' | 'routed' | 'transfers'>;
}

/** Reading of a pod at a moment. */
export interface Reading {
  total: Counts;
  /** Of this pod, per second, at the moment. */
  rate: Flow;
  bytesPerSecond: number;
  startedAt: Date;
}

interface Meter extends Counts {
  /** Run of the container that is counted; another run starts from zero. */
  run: string;
  startedAt: number;
  readAt: number;
}

/** Counts what the engines and schedulers of a cluster do, from the traffic that their services get. */
export class EngineMeters {
  private readonly meters = new Map<string, Meter>();

  constructor(
    private readonly clock: Clock,
    private readonly pods: ServicePods,
    private readonly traffic: TrafficPlan,
  ) {}

  /** Reads a pod that serves. */
  read(pod: Pod): Reading {
    const { rate, bytesPerSecond } = this.advance(pod);
    const meter = this.meterOf(pod);
    return {
      total: { ...meter, tokens: { ...meter.tokens } },
      rate,
      bytesPerSecond,
      startedAt: new Date(meter.startedAt),
    };
  }

  /** Books what happened so far, before the traffic of a service changes. */
  settle(service: KubeObject): void {
    const ready = this.pods.readyOf(service);
    Object.values(ready)
      .flat()
      .forEach((pod: Pod) => this.advance(pod));
  }

  /** Books one request more, as a person sends it through a pod. */
  addRequest(service: KubeObject, tokensShare: number): void {
    const ready = this.pods.readyOf(service);
    const traffic = this.traffic.of(service);
    const flow = flowOf(ready, { ...traffic, requestsPerSecond: 1 });
    for (const pods of Object.values(ready) as Pod[][]) {
      const [pod] = pods;
      if (pod) {
        this.advance(pod);
        this.book(
          this.meterOf(pod),
          flow,
          1,
          traffic.bytesPerSecond,
          tokensShare,
        );
      }
    }
  }

  private advance(pod: Pod): { rate: Flow; bytesPerSecond: number } {
    const ready = this.pods.readyOf(pod);
    const traffic = this.traffic.of(pod);
    const rate = shareOf(flowOf(ready, traffic), partsOf(pod, ready));
    const meter = this.meterOf(pod);
    const now = this.clock.now().getTime();
    const seconds = Math.max(0, now - meter.readAt) / 1000;
    meter.readAt = now;
    this.book(meter, rate, seconds, traffic.bytesPerSecond, 1);
    return { rate, bytesPerSecond: traffic.bytesPerSecond };
  }

  private book(
    meter: Meter,
    rate: Flow,
    seconds: number,
    bytesPerSecond: number,
    sizeShare: number,
  ): void {
    meter.answered += rate.answered * seconds;
    meter.routed += rate.routed * seconds;
    meter.transfers += rate.transfers * seconds;
    meter.failedTransfers += rate.failedTransfers * seconds;
    meter.expired += rate.expired * seconds;
    const tokens = seconds * REQUEST.promptTokens * sizeShare;
    meter.tokens.answered += rate.answered * tokens;
    meter.tokens.routed += rate.routed * tokens;
    meter.tokens.transfers += rate.transfers * tokens;
    const bytes = rate.transfers * seconds * REQUEST.kvBytes * sizeShare;
    meter.bytes += bytes;
    meter.transferSeconds += bytes / bytesPerSecond;
  }

  private meterOf(pod: Pod): Meter {
    const uid = pod.metadata.uid ?? '';
    const main = pod.status?.containerStatuses?.find(
      status => status.name === 'main',
    );
    const run = main?.containerID ?? '';
    const known = this.meters.get(uid);
    if (known && known.run === run) {
      return known;
    }
    const startedAt = Date.parse(
      main?.state.running?.startedAt ?? this.clock.now().toISOString(),
    );
    const readySince = pod.status?.conditions.find(
      condition => condition.type === 'Ready' && condition.status === 'True',
    )?.lastTransitionTime;
    const meter: Meter = {
      run,
      startedAt,
      readAt: readySince ? Date.parse(readySince) : startedAt,
      answered: 0,
      routed: 0,
      transfers: 0,
      failedTransfers: 0,
      expired: 0,
      bytes: 0,
      transferSeconds: 0,
      tokens: { answered: 0, routed: 0, transfers: 0 },
    };
    this.meters.set(uid, meter);
    return meter;
  }
}

function partsOf(pod: Pod, ready: ReadyPods): number {
  const target = targetOf(pod);
  return target ? ready[target].length : 0;
}
