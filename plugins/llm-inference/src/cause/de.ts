import type { SamePlaces } from '../translation/flatten';
import { controlPlaneGerman } from './german/controlPlane';
import { engineGerman } from './german/engine';
import { kvTransferGerman } from './german/kvTransfer';
import { germanNames } from './german/names';
import { schedulingGerman } from './german/scheduling';
import { startingGerman } from './german/starting';
import type { saidTexts } from './said';

const replicas = '{{ready}} von {{desired}} {{poolName}}-Replikaten bereit';

/** What the backend says, in German. */
export const saidGerman: SamePlaces<typeof saidTexts> = {
  name: germanNames,
  cause: {
    ...schedulingGerman,
    ...startingGerman,
    ...engineGerman,
    ...kvTransferGerman,
    ...controlPlaneGerman,
  },
  summary: {
    missing:
      'Im Namespace {{namespace}} gibt es keinen LLMInferenceService {{name}}',
    notNamed:
      'In Git, aber kein LLMInferenceService {{namespace}}/{{name}} im Cluster {{cluster}} nennt diese Entität',
    stopped:
      'Angehalten durch die Annotation serving.kserve.io/stop; ohne sie, oder mit "false", startet der Dienst',
    nothingRead: 'Über diesen Dienst ließ sich nichts lesen',
    cause: '{{title}}',
    pods: '{{pods}} von {{total}} {{poolName}}-Pods: {{title}}',
    bypassesRouting:
      'Anfragen umgehen womöglich die Steuerung (failureMode FailOpen)',
    ready: replicas,
    rolling: `${replicas}, ein Rollout erneuert sie`,
    starting: `${replicas}, die übrigen starten`,
    'starting/stage=waitingForNode': `${replicas}, die übrigen warten auf einen Knoten`,
    'starting/stage=downloading': `${replicas}, die übrigen laden das Modell`,
    deleting: 'Der Dienst wird gelöscht',
    unseen: 'Der Controller hat die neueste Änderung noch nicht gesehen',
    routerStarting: 'Der Router startet; bisher ist nichts falsch',
    countsOnly:
      'Einzelheiten sind zu sehen, sobald der Dienst diese Entität nennt',
    doubt: 'Die Messwerte lassen am Weg des KV-Caches zweifeln',
    'doubt/code=fewTransfers':
      'Nur {{count}} % der Anfragen kamen mit einem KV-Transfer',
    'doubt/code=failed': '{{count}} KV-Transfers sind gescheitert',
    'doubt/code=decodeAloneShort':
      'Der Scheduler schickte {{count}} Anfragen allein an Decode, vielleicht weil sie kurz waren',
    'doubt/code=slow':
      'KV-Transfers laufen mit {{count}} % der üblichen Rate dieses Dienstes',
  },
  verdict: {
    Healthy: 'Alle Replikate bereit',
    Stopped: 'Mit Absicht angehalten',
    Progressing: 'Noch im Aufbau',
    Unknown: 'Es ließ sich nichts lesen',
    Degraded: 'Anfragen werden beantwortet, aber nicht wie verlangt',
    Missing: 'Dafür gibt es keine Ressource',
    Unavailable: 'Keine Anfrage wird beantwortet',
  },
  error: {
    Refused: 'Das Portal-Backend lehnt die Anfrage ab: „{{said}}“',
    Denied: 'Dafür fehlt die Berechtigung: „{{said}}“',
    Missing: 'Das gibt es nicht: „{{said}}“',
    Away: 'Es kommt keine Antwort: „{{said}}“',
    Failed: 'Im Portal-Backend ist etwas schiefgegangen: „{{said}}“',
  },
  connection: {
    Syncing: 'Beim Lesen kam etwas dazwischen: „{{said}}“',
    Live: 'Der Cluster meldet: „{{said}}“',
    Stale:
      'Die Verbindung ist abgerissen; zu sehen ist, was zuletzt bekannt war: „{{said}}“',
    Forbidden: 'Der Cluster lässt das Portal nicht lesen: „{{said}}“',
    NotServed: 'Der Cluster kennt keine LLMInferenceServices: „{{said}}“',
    Unreachable: 'Der Cluster antwortet nicht: „{{said}}“',
    AuthFailed: 'Der Cluster nimmt die Zugangsdaten nicht an: „{{said}}“',
    Unsupported: 'So kann das Portal den Cluster nicht beobachten: „{{said}}“',
  },
  unmeasured: {
    PodProxy: {
      Unmeasured:
        'Der Scheduler verlangt für seine Metriken ein Token, und der API-Server reicht keines weiter; sie lassen sich öffnen oder über ein Prometheus lesen',
      Forbidden:
        'Das Portal darf sie nicht lesen; der API-Server sagt: „{{said}}“',
      Unreachable: 'Es kommt keine Antwort: „{{said}}“',
      Unreadable: 'Die Antwort ist nicht zu lesen: „{{said}}“',
    },
    Prometheus: {
      Unmeasured: 'Prometheus hat davon keine neuen Zeitreihen',
      Forbidden: 'Prometheus lässt das Portal nicht lesen: „{{said}}“',
      Unreachable: 'Prometheus antwortet nicht: „{{said}}“',
      Unreadable: 'Die Antwort von Prometheus ist nicht zu lesen: „{{said}}“',
    },
  },
};
