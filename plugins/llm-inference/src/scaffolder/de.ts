import { flatten, SamePlaces } from '../translation/flatten';
import { adviceGerman } from './german/advice';
import { inputProblemsGerman } from './german/inputProblems';
import { serviceProblemsGerman } from './german/serviceProblems';
import type { messages } from './messages';

const german: SamePlaces<typeof messages> = {
  required: 'Erforderlich',
  refused: {
    noProfile: 'Ein Profil wählen',
    model:
      '„{{uri}}“ kommt von keinem Ort, den Profil „{{profile}}“ erlaubt; es muss beginnen mit {{allowed}}',
    takenInCatalog:
      '„{{name}}“ ist vergeben: Der Katalog hat {{entity}}. Einen anderen Namen wählen',
    takenInCluster:
      '„{{name}}“ ist vergeben: In Cluster „{{cluster}}“ läuft schon {{service}}. Einen anderen Namen wählen',
    owner: {
      missing: 'Die Organisation fehlt',
      malformed:
        'Organisation: „{{value}}“ darf nur Buchstaben, Ziffern, Punkte und Striche enthalten',
    },
    repo: {
      missing: 'Das Repository fehlt',
      malformed:
        'Repository: „{{value}}“ darf nur Buchstaben, Ziffern, Punkte und Striche enthalten',
    },
  },
  profile: {
    label: 'Profil',
    loading: 'Das Angebot wird gelesen …',
    failed: 'Das Angebot kann nicht gelesen werden',
    empty: 'Es ist nichts im Angebot',
    emptyHint:
      'Das Plattformteam legt Profile unter „llmInference.profiles“ in der Konfiguration des Portals an.',
    rdma: 'KV-Cache über RDMA',
    tcp: 'KV-Cache über TCP',
    gpu: '{{memory}} GiB je GPU',
    cpu: 'ohne GPU',
    clusters: 'Cluster: {{clusters}}',
  },
  name: {
    label: 'Name',
    description:
      'Kleinbuchstaben, Ziffern und Bindestriche, mit einem Buchstaben am Anfang. Er wird Teil der Adresse.',
    count: '{{used}} von {{most}}',
    use: '{{suggestion}} nehmen',
  },
  model: {
    uri: 'Modell',
    uriDescription:
      'Wo die Gewichte liegen: hf://Organisation/Modell, s3://Bucket/Pfad, pvc://Claim/Pfad oder oci://Registry/Repository:Tag',
    served: 'Name für Clients',
    servedDescription:
      'So fragen Clients nach dem Modell. Bleibt das Feld leer, folgt er aus dem Modell.',
    suggestions: 'Bekannte Modelle',
    weights: 'Gewichte {{size}}',
    perToken: '{{size}} KV-Cache je Token',
  },
  pool: {
    prefill: 'Prefill',
    decode: 'Decode',
    prefillRole: 'Liest die Eingaben und füllt den KV-Cache.',
    decodeRole: 'Bekommt den KV-Cache und schreibt die Antworten.',
    replicas: 'Replikate',
    replicasHint: 'Höchstens {{most}}',
    tensor: 'GPUs je Replikat',
    tensorHint: 'Das Modell wird auf sie verteilt (Tensorparallelität).',
  },
  place: {
    cluster: 'Cluster',
    namespace: 'Namespace',
    chooseProfile: 'Zuerst ein Profil wählen.',
  },
  repository: {
    owner: 'Organisation',
    ownerHint:
      'Organisation oder Person bei {{host}}, der das Repository gehören wird.',
    name: 'Repository',
    nameHint: 'Es wird für diesen Dienst angelegt und darf noch nicht da sein.',
  },
  impact: {
    now: 'Jetzt',
    used_one: '{{count}} Entität gibt an, diesen Dienst zu nutzen',
    used_other: '{{count}} Entitäten geben an, diesen Dienst zu nutzen',
    unused: 'Keine Entität gibt an, diesen Dienst zu nutzen.',
    notFound: 'Kein Cluster betreibt diesen Dienst noch.',
    unseen: 'Wie er bedient, ist nicht zu sehen',
  },
  traffic: {
    running: 'Laufende Anfragen',
    waiting: 'Wartende Anfragen',
    requests: 'Anfragen je Sekunde',
    tokens: 'Token je Sekunde',
    measured: 'Gemessen {{at}}',
    notKnown: 'nicht bekannt',
    busy: 'Er wird in diesem Augenblick genutzt.',
    unknown: 'Ob er in diesem Augenblick genutzt wird, ist nicht bekannt',
    why: {
      Off: 'In diesem Cluster wird nichts gemessen: Das Portal hat dafür keine Quelle in „llmInference.metrics“.',
      Forbidden:
        'Das Portal darf die Metriken der Pods des Dienstes nicht lesen.',
      Unreadable: 'Die Metriken seiner Pods konnten nicht gelesen werden.',
      NotYet: 'In den letzten Minuten wurde nichts gemessen.',
    },
  },
  change: {
    prefillReplicas: 'Prefill-Replikate',
    decodeReplicas: 'Decode-Replikate',
    now_one: 'Jetzt {{count}} Replikat',
    now_other: 'Jetzt {{count}} Replikate',
    most: 'höchstens {{most}} nach Profil {{profile}}',
    gpus: 'GPUs: {{each}} je Replikat, höchstens {{most}} für beide Pools',
    image: 'Image beider Pools',
    imageHint:
      'Mit Digest, registry/repository@sha256:…, oder „preset“ für das, das KServe mitbringt.',
    imagesOf: 'Profil {{profile}} erlaubt, was mit {{images}} beginnt.',
    noImages: 'Profil {{profile}} erlaubt kein eigenes Image.',
    memory: 'Speichergrenze beider Pools',
    memoryHint: 'Zum Beispiel 64Gi. Eine Änderung ersetzt die Pods.',
    memoryOf: 'Profil {{profile}} beginnt mit {{limit}}.',
  },
  reason: {
    why: 'Diese Änderung soll {{cause}} beenden. Der Pull Request nennt das, mit den Belegen.',
    evidence: 'Belege',
    leaveOut: 'Weglassen',
  },
  preview: {
    incomplete: 'Noch nicht vollständig',
    problems_one: '{{count}} Sache ist zu berichtigen',
    problems_other: '{{count}} Sachen sind zu berichtigen',
    ready: {
      shared: 'Bereit für einen Pull Request',
      own: 'Bereit für ein eigenes Repository',
    },
    readyHint_one:
      '{{count}} Datei, belegt durch die Prüfungen, die beim Anlegen noch einmal laufen.',
    readyHint_other:
      '{{count}} Dateien, belegt durch die Prüfungen, die beim Anlegen noch einmal laufen.',
    refused: 'Die Prüfungen lehnen diesen Dienst ab',
    size: 'Größe',
    use: 'Typische Nutzung',
    noNumbers:
      'Die Zahlen dieses Modells sind hier nicht bekannt, daher wird nichts geschätzt.',
    perReplica: 'Ein Replikat',
    weights: 'Gewichte je GPU',
    cache: 'Übrig für den KV-Cache je GPU',
    tokens: 'Token, die hineinpassen',
    requests: 'Anfragen zugleich',
    transfer: 'Übertragung einer Eingabe',
    fitsNot: 'passt nicht',
    findings: 'Befunde',
    noFindings: 'Keine',
    files: 'Dateien',
    file: 'Datei',
    copy: 'Datei kopieren',
  },
  use: {
    chat: 'Chat',
    'code-completion': 'Vervollständigung von Code',
    'code-generation': 'Erzeugung von Code, ausführlich',
    retrieval: 'Antworten aus gefundenen Texten (Retrieval)',
    'long-document': 'Lange Dokumente',
  },
  problem: { ...inputProblemsGerman, ...serviceProblemsGerman },
  advice: adviceGerman,
};

export default flatten(german);
