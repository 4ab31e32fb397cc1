import type { SamePlaces } from '../translation/flatten';
import type { chartMessages } from './messages';

/** The German texts of the charts. */
export const germanCharts: SamePlaces<typeof chartMessages> = {
  window: 'Zeitraum',
  quarter: '15 Min.',
  hour: '1 Stunde',
  all: 'Alles',
  view: 'Ansicht',
  charts: 'Diagramme',
  tables: 'Tabellen',
  loading: 'Die Messwerte werden gelesen …',
  measuredBy: {
    PodProxy:
      'Alle {{interval}} s von den Pods gelesen; Raten und Quantile über {{window}} s.',
    Prometheus:
      'Alle {{interval}} s aus Prometheus gelesen; Raten und Quantile über {{window}} s.',
  },
  group: {
    kv: 'KV-Transfer',
    latency: 'Latenz',
    load: 'Last',
  },
  chart: {
    kvMoved: 'Bewegter KV-Cache',
    kvBandwidth: 'Durchsatz, während KV-Cache wandert',
    kvTime: 'Dauer eines KV-Transfers',
    kvShare: 'Über Prefill',
    kvTrouble: 'Verlorene KV-Transfers',
    ttft: 'Zeit bis zum ersten Token, wie Nutzer sie sehen',
    itl: 'Zeit zwischen Token',
    running: 'Laufende Anfragen',
    waiting: 'Wartende Anfragen',
    kvUsage: 'Belegter KV-Cache, vollster Pod',
    tokens: 'Token pro Sekunde',
    rate: 'Beantwortete Anfragen',
    errors: 'Fehlgeschlagene Anfragen',
  },
  line: {
    mean: 'Mittel',
    sentThroughPrefill: 'Anfragen über Prefill',
    externalTokens: 'Prompt-Token, die als KV-Cache kamen',
    failedTransfers: 'fehlgeschlagene Transfers',
    expired: 'verfallen, bevor Decode sie holte',
    promptTokens: 'Prompt, in Prefill',
    generatedTokens: 'erzeugt, in Decode',
  },
  column: {
    time: 'Zeit',
  },
  unit: {
    requests: '{{number}} Anfragen',
    requestsPerSecond: '{{number}} Anfragen/s',
    tokensPerSecond: '{{number}} Token/s',
    transfers: '{{number}} Transfers',
  },
  newest: 'neuester Wert',
  unknown: 'nicht bekannt',
  plot: '{{title}}, Liniendiagramm. Pfeiltasten gehen durch die Punkte; dieselben Zahlen stehen unter Tabellen.',
  missing: {
    part: 'Nicht gemessen: {{message}}',
    series: 'Nicht gemessen: Die Pods sagen nichts darüber.',
    never: 'In diesem Zeitraum gibt es nichts zu zeigen: Es kam nicht vor.',
  },
  unmeasured: {
    title_one: '{{count}} Pod wird nicht gemessen',
    title_other: '{{count}} Pods werden nicht gemessen',
    problem: {
      Unmeasured: 'Nicht offen',
      Forbidden: 'Nicht erlaubt',
      Unreachable: 'Nicht erreichbar',
      Unreadable: 'Nicht lesbar',
    },
  },
  off: {
    title: 'Metriken sind aus',
    description:
      'In Cluster {{cluster}} wird nichts gemessen; ob KV-Cache wandert, weiß also niemand. Das Plattformteam schaltet es mit llmInference.metrics.sources ein.',
  },
  stopped: {
    title: 'Angehalten',
    description: 'Ein angehaltener Dienst hat keine Pods, die zu messen wären.',
  },
  none: {
    title: 'Noch nichts gemessen',
    description:
      'Diagramme beginnen, sobald bereite Pods zweimal angesehen wurden, etwa {{seconds}} s, nachdem sie bereit sind.',
  },
  failed: {
    title: 'Die Messwerte konnten nicht gelesen werden',
    retry: 'Erneut versuchen',
  },
  denied: {
    title: 'Keine Berechtigung',
    description: 'Sie dürfen die Messwerte dieses Dienstes nicht sehen.',
  },
  away: 'Stand {{time}}, das Backend des Portals antwortet nicht',
};
