/** The English texts, by place. */
export const messages = {
  verdict: {
    Healthy: 'Healthy',
    Stopped: 'Stopped',
    Progressing: 'Progressing',
    Unknown: 'Unknown',
    Degraded: 'Degraded',
    Missing: 'Missing',
    Unavailable: 'Unavailable',
  },
  card: {
    title: 'Serving',
    loading: 'Reading the serving status…',
    openDetails: 'Open details',
    clusters_one: '{{count}} cluster',
    clusters_other: '{{count}} clusters',
    showCluster: 'Show {{cluster}}',
  },
  pool: {
    prefill: 'Prefill',
    decode: 'Decode',
    engine: 'Engine',
    prefillRole: 'reads the prompt',
    decodeRole: 'writes the answer',
    engineRole: 'reads and writes',
    ready: 'ready',
    groupsReady: 'groups ready',
    unknownCount: '?',
    updated: '{{updated}} of {{desired}} updated',
    restarts_one: '{{count}} restart',
    restarts_other: '{{count}} restarts',
    notCreated: 'No workload yet',
    marks: {
      failing: '{{number}} failing',
      starting: '{{number}} starting',
      ready: '{{number}} ready',
      terminating: '{{number}} terminating',
      absent: '{{number}} not created',
    },
    more: '+{{number}}',
  },
  kv: {
    title: 'KV cache path',
    short: 'KV cache',
    fabric: {
      Rdma: 'RDMA',
      Tcp: 'TCP',
      Unverified: 'fabric unverified',
    },
    configuration: {
      Paired: 'Paired',
      DecodeOnly: 'Only decode is set up',
      PrefillOnly: 'Only prefill is set up',
      None: 'Not set up',
      Mismatched: 'Does not match',
      Unknown: 'Unknown',
    },
    effectiveness: {
      Effective: 'Effective',
      Suspect: 'Suspect',
      Bypassed: 'Bypassed',
      Idle: 'Idle',
      Unmeasurable: 'Not measurable',
    },
  },
  router: {
    title: 'Router',
    scheduler: 'Scheduler',
    inferencePool: 'Inference pool',
    route: 'Route',
    gateway: 'Gateway',
    state: {
      Ready: 'ready',
      NotReady: 'not ready',
      Progressing: 'progressing',
      NotConfigured: 'not configured',
      Unknown: 'unknown',
    },
  },
  freshness: {
    live: 'Live',
    polling: 'Updated every few seconds',
    connecting: 'Connecting…',
    syncing: 'Reading cluster {{cluster}}…',
    stale: 'As of {{time}}, cluster {{cluster}} unreachable',
    staleShort: 'not up to date',
    away: 'As of {{time}}, the portal backend does not answer',
  },
  cluster: {
    line: '{{cluster}}: {{state}} since {{time}}',
    state: {
      Syncing: 'being read',
      Live: 'live',
      Stale: 'not up to date',
      Forbidden: 'access denied',
      NotServed: 'does not serve LLMInferenceServices',
      Unreachable: 'unreachable',
      AuthFailed: 'credentials not accepted',
      Unsupported: 'cannot be watched with its kind of sign-in',
    },
  },
  cause: {
    title: 'Root cause',
    remedy: 'What to do:',
    more_one: '{{count}} more cause',
    more_other: '{{count}} more causes',
    severity: {
      Critical: 'Critical',
      Warning: 'Warning',
      Info: 'Info',
    },
  },
  endpoint: {
    title: 'Endpoint',
    callIt: 'Call it',
    curl: 'curl',
    python: 'Python',
    copyUrl: 'Copy URL',
    copyCurl: 'Copy curl',
    copyPython: 'Copy Python',
  },
  copy: {
    copied: 'Copied',
    failed: 'Copying is not allowed here',
    annotation: 'Copy annotation',
  },
  states: {
    missingAnnotation: {
      title: 'No service named',
      description:
        'This entity does not say which LLMInferenceService it stands for. Add this annotation to its catalog file:',
    },
    notFound: {
      title: 'Not found in any cluster',
      description:
        'No watched cluster has the service {{service}}. It appears here by itself once it is applied.',
    },
    bindingNotVerified: {
      title: 'Binding not verified',
      description:
        'The entity names the service {{service}}, but the service does not name the entity. Add this annotation to the LLMInferenceService:',
    },
    syncing: {
      title: 'Reading the clusters',
      description: 'The clusters are being read for the first time.',
    },
    unreachable: {
      title: 'No cluster can be reached',
      description: 'Nothing is known of the service until a cluster answers.',
    },
    denied: {
      title: 'No permission',
      description:
        'You may not see the serving status of this entity. Ask the owner of the portal for the permission to read LLM services.',
    },
    failed: {
      title: 'The status could not be read',
      retry: 'Try again',
    },
  },
} as const;
