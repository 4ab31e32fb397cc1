import type { SamePlaces } from '../translation/flatten';
import type { verifyMessages } from './messages';

/** The German texts of "Verify PD". */
export const germanVerify: SamePlaces<typeof verifyMessages> = {
  action: 'PD prüfen',
  title: 'Prüfen, ob KV-Cache wandert',
  does: 'Eine Anfrage geht durch den Dienst wie die eines Nutzers, und beide Pools werden davor und danach angesehen:',
  prompt:
    'ein Prompt von etwa 2.000 Token, den kein Cache kennt, eine Antwort von höchstens 8 Token',
  endpoint: 'an {{url}}, Modell {{model}}',
  counters:
    'die Zähler von Prefill und Decode sagen, ob KV-Cache gewandert ist; anderer Verkehr bleibt unberührt',
  audited:
    'Es steht danach im Audit-Protokoll und geht je Dienst höchstens einmal in der Minute.',
  run: 'Anfrage senden',
  again: 'Noch einmal prüfen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  running:
    'Die Anfrage ist unterwegs; danach werden die Pods gefragt, was sie gezählt haben. Das dauert bis zu zwei Minuten.',
  elapsed: '{{seconds}} s',
  stopped: 'Der Dienst ist angehalten: Niemand würde antworten.',
  noEndpoint:
    'Der Status des Dienstes nennt keinen Endpunkt und kein Modell, die zu fragen wären.',
  outcome: {
    Moved: 'KV-Cache ist von Prefill nach Decode gewandert',
    NotMoved: 'KV-Cache ist nicht gewandert',
    Unknown: 'Nichts ist bewiesen',
  },
  explanation: {
    Moved:
      'Prefill hat den Prompt berechnet, Decode hat seinen KV-Cache geholt.',
    NotMoved:
      'Die Anfrage wurde beantwortet, aber Decode hat nichts geholt und den Prompt selbst berechnet. Die Diagnose unten sagt mehr, sobald Verkehr da ist.',
    Unknown:
      'Die Anfrage wurde beantwortet, aber die Pods konnten davor und danach nicht gemessen werden.',
  },
  number: {
    fabric: 'Über',
    moved: 'Bewegt',
    took: 'Dauer des Transfers',
    bandwidth: 'Durchsatz',
    transfers: 'Transfers',
    failed: 'Fehlgeschlagene Transfers',
    external: 'Prompt-Token, die als KV-Cache kamen',
    prefill: 'Prompt-Token im Prefill, auch aus dem Cache',
    answered: 'Währenddessen beantwortete Anfragen',
    request: 'Die Anfrage',
  },
  request: '{{tokens}} Prompt-Token, beantwortet in {{duration}}',
  requestOnly: 'beantwortet in {{duration}}',
  othersCount:
    'In denselben Sekunden wurden auch Anfragen anderer beantwortet; die Zahlen gelten für alle zusammen.',
  unknown: 'nicht bekannt',
  failed: {
    limited: 'Eben erst geprüft',
    busy: 'Die Anfrage wurde nicht beantwortet',
    denied: 'Nicht erlaubt',
    other: 'Das Prüfen ist fehlgeschlagen',
  },
};
