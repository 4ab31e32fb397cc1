import { podAddress } from '../kserve/nodes/network';
import { Fault } from './Fault';

const DECODE_ONLY_CONFIG = {
  apiVersion: 'llm-d.ai/v1alpha1',
  kind: 'EndpointPickerConfig',
  plugins: [
    { type: 'single-profile-handler' },
    { type: 'queue-scorer' },
    { type: 'prefix-cache-scorer' },
    { type: 'max-score-picker' },
  ],
  schedulingProfiles: [
    {
      name: 'default',
      plugins: [
        { pluginRef: 'queue-scorer', weight: 2 },
        { pluginRef: 'prefix-cache-scorer', weight: 3 },
        { pluginRef: 'max-score-picker' },
      ],
    },
  ],
};

/** The way to the engines is blocked or wrong. */
export const ROUTER_FAULTS: Fault[] = [
  {
    id: 'scheduler-unavailable',
    title: 'The endpoint picker does not answer any more',
    targets: ['scheduler'],
    container: {
      name: 'main',
      trouble: pod => ({
        kind: 'unready',
        message: `Readiness probe failed: timeout: failed to connect service "${podAddress(
          pod,
        )}:9003" within 1s: context deadline exceeded`,
      }),
    },
    strikes: 'running',
  },
  {
    id: 'scheduler-config-invalid',
    title: 'The endpoint picker does not know a plugin of its configuration',
    targets: ['scheduler'],
    container: {
      name: 'main',
      trouble: () => ({
        kind: 'exit',
        afterSeconds: 1,
        exitCode: 1,
        reason: 'Error',
        lines: [
          '{"level":"error","logger":"setup","caller":"runner/runner.go:349","msg":"Failed to parse configuration","error":"failed to load the configuration - plugin type \'pd-profile-handler-v2\' is not registered"}',
        ],
      }),
    },
    strikes: 'recreate',
  },
  {
    id: 'scheduler-missing',
    title: 'The service has no scheduler, so that nothing is sent to prefill',
    targets: ['scheduler'],
    manifest: service => {
      const { scheduler: _scheduler, ...router } = service.spec.router ?? {};
      return { ...service, spec: { ...service.spec, router } };
    },
    strikes: 'reconcile',
  },
  {
    id: 'scheduler-profile-stale',
    title: 'The scheduler has no prefill profile',
    targets: ['scheduler'],
    manifest: service => ({
      ...service,
      spec: {
        ...service.spec,
        router: {
          ...service.spec.router,
          scheduler: {
            ...service.spec.router?.scheduler,
            config: { inline: DECODE_ONLY_CONFIG },
          },
        },
      },
    }),
    traffic: { disaggregatedShare: 0 },
    // The controller keeps a configuration that is there: only a new Deployment takes up another.
    strikes: 'redeploy',
  },
  {
    id: 'inference-pool-not-accepted',
    title: 'The gateway does not accept the inference pool',
    targets: ['scheduler'],
    pool: {
      reason: 'NotSupportedByParent',
      message: 'InferencePool support is not enabled in this gateway',
    },
    strikes: 'reconcile',
  },
  {
    id: 'route-not-accepted',
    title: 'The gateway does not allow routes of this namespace',
    targets: ['scheduler'],
    route: {
      reason: 'NotAllowedByListeners',
      message:
        "No matching listener: the namespace is not allowed by the listener's allowedRoutes",
    },
    strikes: 'reconcile',
  },
  {
    id: 'gateway-not-ready',
    title: 'The gateway has no address; every service behind it is concerned',
    targets: ['scheduler'],
    gateway: {
      reason: 'AddressNotAssigned',
      message:
        'Assigned to service(s) kserve-ingress-gateway-istio.kserve.svc.cluster.local:80, but failed to assign to all requested addresses: address pending',
    },
    strikes: 'reconcile',
  },
];
