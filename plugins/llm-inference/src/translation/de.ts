import { flatten, SamePlaces } from './flatten';
import type { messages } from './messages';

const german: SamePlaces<typeof messages> = {
  verdict: {
    Healthy: 'Gesund',
    Stopped: 'Angehalten',
    Progressing: 'Im Aufbau',
    Unknown: 'Unbekannt',
    Degraded: 'Eingeschränkt',
    Missing: 'Nicht vorhanden',
    Unavailable: 'Nicht verfügbar',
  },
  card: {
    title: 'Betrieb',
    loading: 'Der Zustand wird gelesen …',
    openDetails: 'Einzelheiten öffnen',
    clusters_one: '{{count}} Cluster',
    clusters_other: '{{count}} Cluster',
    showCluster: '{{cluster}} zeigen',
  },
  pool: {
    prefill: 'Prefill',
    decode: 'Decode',
    engine: 'Engine',
    prefillRole: 'liest die Eingabe',
    decodeRole: 'schreibt die Antwort',
    engineRole: 'liest und schreibt',
    ready: 'bereit',
    groupsReady: 'Gruppen bereit',
    unknownCount: '?',
    updated: '{{updated}} von {{desired}} aktuell',
    restarts_one: '{{count}} Neustart',
    restarts_other: '{{count}} Neustarts',
    notCreated: 'Noch keine Arbeitslast',
    marks: {
      failing: '{{number}} fehlerhaft',
      starting: '{{number}} im Start',
      ready: '{{number}} bereit',
      terminating: '{{number}} im Abbau',
      absent: '{{number}} nicht angelegt',
    },
    more: '+{{number}}',
  },
  kv: {
    title: 'Weg des KV-Caches',
    short: 'KV-Cache',
    fabric: {
      Rdma: 'RDMA',
      Tcp: 'TCP',
      Unverified: 'Netz ungeprüft',
    },
    configuration: {
      Paired: 'Verbunden',
      DecodeOnly: 'Nur Decode eingerichtet',
      PrefillOnly: 'Nur Prefill eingerichtet',
      None: 'Nicht eingerichtet',
      Mismatched: 'Passt nicht zusammen',
      Unknown: 'Unbekannt',
    },
    effectiveness: {
      Effective: 'Wirksam',
      Suspect: 'Verdächtig',
      Bypassed: 'Umgangen',
      Idle: 'Unbenutzt',
      Unmeasurable: 'Nicht messbar',
    },
  },
  router: {
    title: 'Router',
    scheduler: 'Scheduler',
    inferencePool: 'Inference-Pool',
    route: 'Route',
    gateway: 'Gateway',
    state: {
      Ready: 'bereit',
      NotReady: 'nicht bereit',
      Progressing: 'im Aufbau',
      NotConfigured: 'nicht eingerichtet',
      Unknown: 'unbekannt',
    },
  },
  freshness: {
    live: 'Live',
    polling: 'Alle paar Sekunden gelesen',
    connecting: 'Verbinde …',
    syncing: 'Cluster {{cluster}} wird gelesen …',
    stale: 'Stand {{time}}, Cluster {{cluster}} nicht erreichbar',
    staleShort: 'nicht aktuell',
    away: 'Stand {{time}}, das Portal-Backend antwortet nicht',
  },
  cluster: {
    line: '{{cluster}}: {{state}} seit {{time}}',
    since: '{{state}} seit {{time}}',
    notRead: 'nicht lesbar: {{resources}}',
    state: {
      Syncing: 'wird gelesen',
      Live: 'live',
      Stale: 'nicht aktuell',
      Forbidden: 'Zugriff verweigert',
      NotServed: 'kennt keine LLMInferenceServices',
      Unreachable: 'nicht erreichbar',
      AuthFailed: 'Zugangsdaten nicht angenommen',
      Unsupported: 'mit dieser Art der Anmeldung nicht beobachtbar',
    },
  },
  cause: {
    title: 'Ursache',
    remedy: 'Was zu tun ist:',
    all: 'Ursachen',
    none: 'Alles in Ordnung',
    noneDescription:
      'Es wurde nichts gefunden, was einer Antwort im Weg stünde.',
    evidence: 'Belege',
    evidenceKind: {
      Condition: 'Bedingung',
      Event: 'Ereignis',
      ContainerStatus: 'Containerzustand',
      Log: 'Protokoll',
      Metric: 'Messwert',
      Spec: 'Spezifikation',
      Access: 'Zugriff',
    },
    pool: {
      prefill: 'Prefill',
      decode: 'Decode',
      scheduler: 'Scheduler',
    },
    moreSubjects_one: 'und {{count}} weiteres',
    moreSubjects_other: 'und {{count}} weitere',
    more_one: '{{count}} weitere Ursache',
    more_other: '{{count}} weitere Ursachen',
    severity: {
      Critical: 'Kritisch',
      Warning: 'Warnung',
      Info: 'Hinweis',
    },
  },
  related: {
    model: {
      title: 'Dienste mit diesem Modell',
      none: 'Kein LLM-Dienst hängt von diesem Modell ab.',
    },
    system: {
      title: 'LLM-Dienste',
      none: 'Kein LLM-Dienst gehört zu diesem System.',
    },
  },
  home: {
    none: 'Nichts zu tun',
    noneDescription: 'Alle LLM-Dienste Ihrer Teams antworten.',
    all_one: '{{count}} Dienst zeigen',
    all_other: 'Alle {{count}} Dienste zeigen',
  },
  fleet: {
    search: 'Dienste, Modelle und Eigner suchen',
    countsLabel: 'Dienste nach Zustand',
    clusters: 'Cluster',
    pageSize: '{{size}} je Seite',
    range: '{{from}}–{{to}} von {{total}}',
    none: 'Es gibt keinen LLM-Dienst, den Sie sehen dürfen.',
    noneMatches: 'Kein Dienst passt.',
    denied:
      'Sie dürfen die Flotte nicht sehen. Die Betreiber des Portals vergeben die Berechtigung, LLM-Dienste zu lesen.',
    filter: {
      cluster: 'Cluster',
      owner: 'Eigner',
      model: 'Modell',
      clear: 'Filter aufheben',
    },
    column: {
      service: 'Dienst',
      verdict: 'Zustand',
      summary: 'Was ist',
      pools: 'Bereit',
      cluster: 'Cluster',
      model: 'Modell',
      owner: 'Eigner',
    },
  },
  conditions: {
    title: 'Bedingungen',
    stale: 'veraltet, nicht zu glauben',
    since: 'seit {{time}}',
  },
  tab: {
    title: 'Betrieb',
    diagnosis: 'Diagnose',
    pods: 'Pods',
  },
  actions: {
    title: 'Aktionen',
    change: 'Ändern',
    kubernetes: 'Kubernetes-Objekte',
  },
  pods: {
    search: 'Pods und Knoten suchen',
    pool: 'Pool',
    allPools: 'Alle',
    onlyNotReady: 'Nur nicht bereite',
    shown: '{{shown}} von {{all}} Pods',
    none: 'Es gibt keine Pods.',
    noneMatches: 'Kein Pod passt.',
    ready: 'Bereit',
    otherImage: 'Ein anderes Image als die meisten Pods dieses Pools',
    column: {
      name: 'Pod',
      pool: 'Pool',
      state: 'Zustand',
      node: 'Knoten',
      restarts: 'Neustarts',
      age: 'Alter',
      gpu: 'GPU',
      rdma: 'RDMA',
      image: 'Image',
    },
  },
  endpoint: {
    title: 'Endpunkt',
    callIt: 'Aufrufen',
    curl: 'curl',
    python: 'Python',
    copyUrl: 'URL kopieren',
    copyCurl: 'curl kopieren',
    copyPython: 'Python kopieren',
  },
  copy: {
    copied: 'Kopiert',
    failed: 'Kopieren ist hier nicht erlaubt',
    annotation: 'Annotation kopieren',
  },
  states: {
    missingAnnotation: {
      title: 'Kein Dienst genannt',
      description:
        'Diese Entität sagt nicht, für welchen LLMInferenceService sie steht. Diese Annotation gehört in ihre Katalogdatei:',
    },
    notFound: {
      title: 'In keinem Cluster gefunden',
      description:
        'Kein beobachteter Cluster hat den Dienst {{service}}. Er erscheint hier von selbst, sobald er angelegt ist.',
    },
    bindingNotVerified: {
      title: 'Bindung nicht bestätigt',
      description:
        'Die Entität nennt den Dienst {{service}}, aber der Dienst nennt die Entität nicht. Diese Annotation gehört an den LLMInferenceService:',
    },
    syncing: {
      title: 'Die Cluster werden gelesen',
      description: 'Die Cluster werden zum ersten Mal gelesen.',
    },
    unreachable: {
      title: 'Kein Cluster erreichbar',
      description:
        'Über den Dienst ist nichts bekannt, bis ein Cluster antwortet.',
    },
    denied: {
      title: 'Keine Berechtigung',
      description:
        'Sie dürfen den Zustand dieser Entität nicht sehen. Die Betreiber des Portals vergeben die Berechtigung, LLM-Dienste zu lesen.',
    },
    failed: {
      title: 'Der Zustand konnte nicht gelesen werden',
      retry: 'Erneut versuchen',
    },
  },
};

export default flatten(german);
