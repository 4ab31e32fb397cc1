import type { problemMessages } from '../words/problemMessages';

const FORMS =
  '„hf://Organisation/Modell“, „s3://Bucket/Pfad“, „pvc://Claim/Pfad“ oder „oci://Registry/Repository:Tag“';

const withSuggestion = (text: string) =>
  `${text}. Möglich wäre „{{suggestion}}“`;

const CHARACTERS =
  '„{{name}}“ darf nur Kleinbuchstaben, Ziffern und Bindestriche enthalten';
const DOT =
  '„{{name}}“ enthält einen Punkt. Der Name wird der eines Kubernetes-Service, und der darf keinen haben (DNS-1035)';
const DIGIT =
  '„{{name}}“ beginnt mit einer Ziffer. Der Name wird der eines Kubernetes-Service und muss mit einem Buchstaben beginnen (DNS-1035)';
const DASH = '„{{name}}“ beginnt oder endet mit einem Bindestrich';
const UPPER_CASE =
  '„{{name}}“ enthält Großbuchstaben; Namen in Kubernetes bestehen aus kleinen';

/** What is wrong with a value by itself. */
export const inputProblemsGerman = {
  textTooLong:
    'Der Text hat {{length}} Zeichen; höchstens {{most}} sind erlaubt',
  secretInText:
    'Das sieht nach etwas Geheimem aus. Nichts Geheimes darf nach Git: außerhalb davon ein Secret in Kubernetes anlegen und hier dessen Namen angeben',
  controlCharacter:
    'Der Text enthält einen Zeilenumbruch oder ein anderes Steuerzeichen; eine Zeile reinen Text schreiben',
  invisibleCharacter:
    'Der Text enthält Zeichen, die unsichtbar sind oder die Schreibrichtung ändern; von Hand tippen statt einfügen',
  templateBraces:
    'Der Text enthält Klammern einer Vorlage (doppelt geschweifte, ${ } oder {% %}), die KServe oder das Portal auswerten würde; entfernen',
  nestedTooDeeply: 'Die Angabe ist zu tief verschachtelt',
  tooManyEntries:
    'Die Angabe hat {{count}} Einträge; höchstens {{most}} sind erlaubt',
  fieldName:
    'Der Name eines Feldes darin ist nicht erlaubt; nur kurze Namen aus reinem Text verwenden',

  unknownField:
    'Unbekanntes Feld {{fields}}; entfernen oder die Schreibweise prüfen',
  needsText: 'Hier gehört ein Text hin',
  needsNumber: 'Hier gehört eine Zahl hin',
  needsWholeNumber: 'Hier gehört eine ganze Zahl hin',
  needsYesOrNo: 'Hier gehört Ja oder Nein hin (true, false)',
  needsList: 'Hier gehört eine Liste hin',
  needsFields: 'Hier gehören mehrere Angaben hin',
  textTooShort: 'Zu kurz: mindestens {{least}} Zeichen',
  textTooLongHere: 'Zu lang: höchstens {{most}} Zeichen',
  numberTooSmall: 'Zu klein: mindestens {{least}}',
  numberTooLarge: 'Zu groß: höchstens {{most}}',
  listTooShort: 'Zu wenige Einträge: mindestens {{least}}',
  listTooLong: 'Zu viele Einträge: höchstens {{most}}',
  notMultiple: 'Nur ein Vielfaches von {{step}} ist möglich',
  notAnOption: 'Nicht im Angebot; möglich: {{options}}',
  notOfPattern: 'Der Text passt nicht zum Muster {{pattern}}',
  noneFits: 'Dieser Wert ist nicht möglich',

  dnsLabel:
    'Nur Kleinbuchstaben, Ziffern und Bindestriche, höchstens 63 Zeichen',
  objectName:
    'Verlangt ist der Name eines Objekts in Kubernetes: Kleinbuchstaben, Ziffern, Bindestriche und Punkte',
  clusterName:
    'Verlangt ist der Name eines Clusters: Buchstaben, Ziffern, Binde- und Unterstriche',
  extendedResource:
    'Verlangt ist der Name einer erweiterten Ressource, etwa „nvidia.com/gpu“',
  labelKey: 'Verlangt ist der Schlüssel eines Labels in Kubernetes',
  labelValue: 'Verlangt ist der Wert eines Labels in Kubernetes',
  cpuQuantity: 'Verlangt sind Kerne, etwa „4“, oder Millikerne, etwa „500m“',
  memoryQuantity: 'Verlangt ist Speicher, etwa „512Mi“, „32Gi“ oder „1Ti“',
  entityRef:
    'Verlangt ist der Verweis auf eine Entität, etwa „group:default/ml-platform“',
  pinnedImage:
    'Ein Image mit Digest nennen: „registry/repository@sha256:…“. Ein Tag kann sich unter einem laufenden Dienst ändern',
  kserveRelease: 'Verlangt ist ein Release von KServe, etwa „0.20“',
  lifecycle:
    'Verlangt ist ein Lebenszyklus, etwa „experimental“ oder „production“',
  servedModelName:
    'Nur Buchstaben, Ziffern, Punkte, Binde-, Unter- und Schrägstriche, etwa „Qwen/Qwen2.5-7B-Instruct“',
  adapterName: 'Nur Buchstaben, Ziffern, Punkte, Binde- und Unterstriche',
  argumentWord: 'Nur Buchstaben, Ziffern, Punkte, Binde- und Unterstriche',
  argumentType: 'Verlangt ist ein Text, eine Zahl oder „true“',
  networkAttachment:
    'Verlangt ist ein Netzwerkanschluss: „Name“, „Namespace/Name“ oder „Name@Schnittstelle“',
  rdmaDevices: 'Verlangt sind RDMA-Geräte mit ihrem Port, etwa „mlx5_0:1“',
  profileMissing: 'Ein Profil wählen',
  replicasZero:
    'Mindestens 1. Soll ein Dienst ruhen, ihn anhalten: Ein Pool mit 0 Replikaten bleibt halb in Betrieb',
  requestAboveLimit: 'Die Anforderung liegt über dem Limit',

  nameMissing: 'Ein Dienst braucht einen Namen',
  nameTooLong:
    '„{{name}}“ hat {{length}} Zeichen. Höchstens {{most}}: KServe hängt an den Namen etwas an, und was 63 Zeichen überschreitet, wird gekürzt und durch einen Hash ergänzt',
  nameCharacters: CHARACTERS,
  'nameCharacters/suggestion': withSuggestion(CHARACTERS),
  nameDot: DOT,
  'nameDot/suggestion': withSuggestion(DOT),
  nameDigitFirst: DIGIT,
  'nameDigitFirst/suggestion': withSuggestion(DIGIT),
  nameDash: DASH,
  'nameDash/suggestion': withSuggestion(DASH),
  nameUpperCase: UPPER_CASE,
  'nameUpperCase/suggestion': withSuggestion(UPPER_CASE),

  uriForm: `Verlangt ist ${FORMS}`,
  uriNoScheme: '„{{uri}}“ hat kein Schema. Möglich wäre „hf://{{uri}}“',
  uriScheme: `Mit dem Schema „{{scheme}}://“ holt KServe keine Modelle; möglich: ${FORMS}`,
  uriDots: 'Kein Teil des Pfades darf „.“ oder „..“ sein',
  uriMalformed: `„{{uri}}“ hat keine der Formen ${FORMS}`,
  adapterNameTaken:
    'So heißt schon das Modell oder ein anderer Adapter: „{{name}}“',

  argumentNotShared:
    '„{{argument}}“ ist hier als Argument für vLLM nicht erlaubt. Erlaubt: {{allowed}}. Was nur ein Pool braucht, gehört zu diesem Pool',
  argumentNotOfPool:
    '„{{argument}}“ ist hier als Argument für vLLM nicht erlaubt. Erlaubt: {{allowed}}. Worin beide Pools übereinstimmen müssen, gehört zur Engine des Dienstes',
} satisfies Partial<Record<keyof typeof problemMessages, string>>;
