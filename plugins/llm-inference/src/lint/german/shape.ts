const CURRENT = 'serving.kserve.io/v1alpha2';

const SCHEMES = 'hf://, s3://, pvc://, oci://, oci+native://';

/** Shape of the manifest and its API. */
export const shapeGerman = {
  'api-version': {
    message:
      'v1alpha1 verliert beim Lesen Felder (status.workloads, kvCacheOffloading).',
    'message/unknown': '{{version}} ist keine Version von LLMInferenceService.',
    'message/field': 'v1alpha1 kennt dieses Feld nicht und verwirft es still.',
    fix: `${CURRENT} schreiben (ab KServe v0.17).`,
    'fix/unknown': `${CURRENT} schreiben.`,
    'fix/field': `apiVersion ${CURRENT} schreiben oder das Feld entfernen.`,
  },
  'kserve-version-floor': {
    message:
      'KServe {{kserve}} übergeht {{field}} still; nötig ist {{since}} oder neuer.',
    'message/next':
      'KServe {{kserve}} übergeht {{field}} still; nötig ist eine Version nach v0.20.',
    'message/api':
      'KServe {{kserve}} bietet v1alpha2 nicht an; das kam mit v0.17.',
    fix: 'KServe {{since}} oder neuer verwenden, oder {{field}} entfernen.',
    'fix/next': 'Ein KServe nach v0.20 verwenden, oder {{field}} entfernen.',
    'fix/api': 'Ein neueres KServe verwenden.',
  },
  'template-shape': {
    message:
      'Das Template ist selbst eine Pod-Spec. Der API-Server verwirft `spec` darin still: kein Container, keine GPU, kein RDMA.',
    fix: 'Alles unter {{template}}.spec eine Ebene höher schreiben, nach {{template}}.',
  },
  'service-name-invalid': {
    message:
      'Der Name {{name}} wird zum Namen eines Kubernetes-Service. Dort sind Kleinbuchstaben, Ziffern und Bindestriche erlaubt, mit einem Buchstaben am Anfang. Es würde spät scheitern, beim Anlegen des Service.',
    fix: 'Umbenennen, zum Beispiel in {{suggestion}}.',
  },
  'service-name-too-long': {
    message:
      'Der Name hat {{length}} Zeichen. Über 38 werden die Namen der abgeleiteten Objekte gekürzt und mit einem Hash versehen, und das Routing hat damit einen bekannten Fehler (kserve#5415).',
    'message/refused':
      'Der Name hat {{length}} Zeichen; Labels und Services erlauben 63.',
    fix: 'Höchstens 38 Zeichen verwenden.',
  },
  'container-name': {
    message:
      'Kein Container heißt main. Das Preset führt Container nach dem Namen zusammen, also wird {{container}} ein zweiter Container neben einer Engine ohne GPU.',
    'message/several':
      'Kein Container heißt main. Das Preset führt Container nach dem Namen zusammen, also wird {{container}} ein zweiter Container neben einer Engine ohne GPU.',
    fix: 'Den Container der Engine main nennen.',
    'fix/several': 'Den Container der Engine main nennen (einen von ihnen).',
  },
  'go-template-braces': {
    message:
      'Der Wert enthält Klammern eines Templates. KServe führt die zusammengefügte Spec als Go-Template aus, die Presets lassen sich also nicht zusammenfügen.',
    'message/own': 'Der Wert enthält einen Ausdruck der Templates von KServe.',
    fix: 'Die Klammern entfernen; ein Chat-Template aus einer ConfigMap einhängen, statt es hier zu schreiben.',
    'fix/own':
      'Nichts, wenn das gemeint ist; den Wert selbst schreiben, wo er bekannt ist.',
  },
  'model-uri-missing': {
    message: 'Es ist kein Modell genannt.',
    fix: `spec.model.uri setzen, beginnend mit ${SCHEMES}.`,
  },
  'model-uri-scheme': {
    message: 'Der Controller kennt das Schema {{scheme}} nicht.',
    'message/none': 'Die URI hat kein Schema.',
    fix: `Mit einem von ${SCHEMES} beginnen.`,
  },
  'model-name-default': {
    message:
      'Ohne einen Namen für das Modell müssen Clients nach {{name}} fragen.',
    'message/unnamed':
      'Ohne einen Namen für das Modell müssen Clients nach dem Namen des Dienstes fragen.',
    fix: 'spec.model.name auf den Namen setzen, den Clients kennen.',
  },
  'replicas-xor-scaling': {
    message: 'replicas und scaling schließen einander in einem Pool aus.',
    fix: 'Zum Skalieren replicas entfernen, für eine feste Zahl scaling.',
  },
  'scaling-mode-mixed': {
    message:
      'Decode skaliert mit {{decode}} und Prefill mit {{prefill}}; der Webhook lehnt die Mischung ab.',
    fix: 'In beiden Pools dieselbe Art und denselben Aktor verwenden.',
  },
  'replicas-zero': {
    message: 'Mit 0 Replikaten antwortet nichts.',
    'message/prefill': 'Mit 0 Prefill-Replikaten leistet Decode alle Arbeit.',
    fix: 'Mindestens 1 setzen; zum Anhalten des Dienstes dient die Annotation serving.kserve.io/stop: "true".',
    'fix/prefill': 'Mindestens 1 setzen, oder spec.prefill entfernen.',
  },
  'prefill-empty': {
    message:
      'Der Prefill-Pool hat keinen eigenen Container. Er erbt nichts aus spec.template: keine GPU, kein RDMA, keinen KV-Connector.',
    fix: 'spec.prefill.template mit einem Container main schreiben, wie in spec.template.',
  },
  'unquoted-scalar': {
    message:
      'Der Wert von {{name}} ist kein Text: {{value}}. Umgebungsvariablen sind Text, und der API-Server lehnt anderes ab.',
    fix: 'In Anführungszeichen setzen: "{{value}}".',
  },
  'protected-label': {
    message:
      '{{label}} ist ein Label des Controllers; hier gesetzt, überschreibt es das, nach dem Pods ausgewählt werden.',
    fix: 'Entfernen.',
  },
  'labels-immutable': {
    message:
      'Labels eines Pools stehen am Ende im Selector seines Deployments, und der ist unveränderlich.',
    'message/removed':
      'Prefill zu entfernen ändert die Rolle im Selector des laufenden Deployments, und der ist unveränderlich.',
    'message/added':
      'Prefill hinzuzufügen ändert die Rolle im Selector des laufenden Deployments, und der ist unveränderlich.',
    fix: 'So lassen, oder einplanen, das Deployment zu löschen (oder den Dienst anzuhalten und zu starten), damit es neu angelegt wird.',
  },
  'annotation-not-propagated': {
    message:
      '{{annotation}} ist für Pods gedacht, aber KServe reicht sie von hier nicht weiter.',
    'message/pair':
      '{{annotation}} ist für Pods gedacht, aber KServe reicht sie von hier nicht weiter.',
    fix: 'Nach spec.annotations verschieben.',
    'fix/pair':
      'Nach spec.annotations und spec.prefill.annotations verschieben.',
  },
  'command-override': {
    message:
      'command ersetzt das ganze Startskript des Presets: keine Suche nach RoCE, keine zusammengesetzten Argumente, kein VLLM_ADDITIONAL_ARGS.',
    fix: 'command entfernen; Argumente in VLLM_ADDITIONAL_ARGS angeben.',
  },
  'pipeline-preset-missing': {
    message:
      'KServe liefert kein Preset für Pipelineparallelität über mehrere Knoten; der Controller meldet ConfigNotFound.',
    fix: 'Datenparallelität verwenden, oder Tensorparallelität auf einem Knoten.',
  },
  'worker-parallelism': {
    'message/both':
      'Pipeline- und Datenparallelität lassen sich nicht zusammen setzen.',
    'message/none':
      'Ein Pool mit einem Worker braucht Daten- oder Pipelineparallelität.',
    'message/half':
      '{{set}} ist ohne {{missing}} gesetzt; der Webhook lehnt das ab.',
    'fix/both': 'data und dataLocal behalten, oder pipeline.',
    'fix/none':
      'parallelism.data und parallelism.dataLocal setzen, oder den Worker entfernen.',
    'fix/half': 'Auch parallelism.{{missing}} setzen.',
  },
  'http-route-gateway-conflict': {
    'message/spec':
      'refs einer HTTPRoute und eine Route im Manifest schließen einander aus.',
    'message/gateway':
      'Eigene Routen lassen sich nicht mit dem verwalteten Gateway verwenden.',
    'fix/spec': 'refs oder spec behalten.',
    'fix/gateway':
      'spec.router.gateway entfernen, oder das eigene Gateway unter gateway.refs nennen.',
  },
};
