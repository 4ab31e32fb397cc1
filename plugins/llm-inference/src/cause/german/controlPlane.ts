/** The controller, its workloads, the router and what could not be read. */
export const controlPlaneGerman = {
  'presets-not-combined': {
    title: 'Die Konfiguration lässt sich nicht zusammensetzen',
    'title/config': 'Die Konfiguration {{config}} gibt es nicht',
    explanation:
      'Der Controller hält an, bevor er die Pools ansieht, weil die zusammengesetzte Konfiguration nicht gilt. Laufende Pods laufen weiter, aber keine Änderung wirkt, und alle anderen Bedingungen der Ressource sind von vorher.',
    'explanation/code=ConfigNotFound':
      'Der Controller hält an, bevor er die Pools ansieht, weil es eine Konfiguration nicht gibt, auf die der Dienst verweist. Laufende Pods laufen weiter, aber keine Änderung wirkt, und alle anderen Bedingungen der Ressource sind von vorher.',
    'explanation/code=CombineBaseError':
      'Der Controller hält an, bevor er die Pools ansieht, weil sich die zusammengesetzte Konfiguration nicht auswerten lässt (doppelte geschweifte Klammern in einem Wert gelten als Vorlage). Laufende Pods laufen weiter, aber keine Änderung wirkt, und alle anderen Bedingungen der Ressource sind von vorher.',
    'explanation/code=ValidationUnavailable':
      'Der Controller hält an, bevor er die Pools ansieht, weil sich die zusammengesetzte Konfiguration nicht prüfen ließ. Laufende Pods laufen weiter, aber keine Änderung wirkt, und alle anderen Bedingungen der Ressource sind von vorher.',
    remedy:
      'Den Spec berichtigen, wie die zitierte Meldung sagt; doppelte geschweifte Klammern dürfen in keinem Wert stehen, etwa in einem Chat-Template.',
    'remedy/config':
      'Die LLMInferenceServiceConfig {{config}} in einem dieser Namespaces anlegen: {{within}}, oder sie aus spec.baseRefs entfernen. (spec.worker mit parallelism.pipeline braucht ein Preset, das nicht mitgeliefert wird.)',
  },
  'rollout-stalled': {
    title: 'Der Rollout kommt nicht voran',
    'title/pool=prefill': 'Der Rollout von Prefill kommt nicht voran',
    'title/pool=decode': 'Der Rollout von Decode kommt nicht voran',
    explanation:
      'Neue Pods werden nicht bereit, und der Rollout hat aufgegeben. Ältere Pods antworten noch, deshalb meldet sich die Ressource womöglich als bereit.',
    remedy:
      'Die neuesten Pods dieses Pools ansehen (ihre eigene Ursache steht vor dieser, wo sie bekannt ist), oder die letzte Änderung in Git zurücknehmen.',
  },
  'pool-below-desired': {
    title: '{{ready}} von {{desired}} {{poolName}}-Replikaten bereit',
    explanation:
      'Manche Replikate sind nicht bereit, obwohl sie die Zeit dazu hatten. Nichts in Status, Ereignissen oder den gelesenen Protokollen sagt, warum.',
    remedy:
      'In den nicht bereiten {{poolName}}-Pods das Protokoll des Containers main und ihre Ereignisse lesen (kubectl describe pod).',
  },
  'prefill-unavailable': {
    title: 'Kein Prefill-Replikat ist bereit',
    'title/zero': 'Prefill ist auf null skaliert',
    explanation:
      'Kein Prefill-Pod ist bereit, und nichts Beobachtetes sagt, warum. Anfragen werden noch beantwortet, aber Decode rechnet jede Eingabe selbst, was unter Last langsamer ist.',
    'explanation/zero':
      'spec.prefill.replicas ist 0, es gibt also keinen Prefill-Pod. Anfragen werden noch beantwortet, aber Decode rechnet jede Eingabe selbst, was unter Last langsamer ist.',
    remedy:
      'In den Prefill-Pods das Protokoll des Containers main und ihre Ereignisse lesen (kubectl describe pod).',
    'remedy/zero':
      'spec.prefill.replicas auf 1 oder mehr setzen, oder spec.prefill entfernen, um ohne Aufteilung zu arbeiten.',
  },
  'decode-unavailable': {
    title: 'Kein Decode-Replikat ist bereit',
    'title/zero': 'Decode ist auf null skaliert',
    explanation:
      'Jede Anfrage endet an einem Decode-Pod, und keiner ist bereit. Nichts in Status, Ereignissen oder den gelesenen Protokollen sagt, warum.',
    'explanation/zero':
      'spec.replicas ist 0, es gibt also keinen Decode-Pod. Jede Anfrage endet an einem Decode-Pod, auch wenn Prefill vollständig ist.',
    remedy:
      'In den Decode-Pods das Protokoll des Containers main und ihre Ereignisse lesen (kubectl describe pod).',
    'remedy/zero':
      'spec.replicas auf 1 oder mehr setzen. Um den Dienst mit Absicht anzuhalten, die Annotation serving.kserve.io/stop: "true" verwenden.',
  },
  'selector-immutable': {
    title: 'Ein geändertes Label kann nicht wirksam werden',
    explanation:
      'spec.labels wurde geändert, oder spec.prefill kam an einem laufenden Dienst hinzu oder fiel weg. Beides landet im Selector eines Deployments, und der lässt sich nicht ändern.',
    remedy:
      'Das in der Meldung genannte Deployment löschen (der Controller legt es neu an), oder den Dienst mit der Annotation serving.kserve.io/stop anhalten und starten. Beides unterbricht den Pool.',
    'remedy/deployment':
      'Das Deployment {{deployment}} löschen (der Controller legt es neu an), oder den Dienst mit der Annotation serving.kserve.io/stop anhalten und starten. Beides unterbricht den Pool.',
  },
  'controller-error': {
    title: 'Der Controller meldet einen Fehler',
    'title/frozen': 'Der Controller verfolgt das LeaderWorkerSet nicht mehr',
    explanation:
      'Der Controller des Dienstes konnte nicht tun, was der Spec verlangt. Bis das gelöst ist, wirkt keine Änderung.',
    'explanation/frozen':
      'Das LeaderWorkerSet ist verfügbar, aber die Ressource sagt noch das Gegenteil: Der Controller startete, bevor die Art LeaderWorkerSet installiert war, und beobachtet sie nicht.',
    remedy:
      'Der zitierten Meldung nachgehen: Sie nennt das Objekt und das Feld, das der Controller nicht schreiben konnte.',
    'remedy/frozen':
      'Den KServe-Controller neu starten (Deployment llmisvc-controller-manager).',
  },
  'scaling-metric-unavailable': {
    title: 'Der Autoskalierung von {{poolName}} fehlt ihre Metrik',
    explanation:
      'Die Autoskalierung kann ihre Metrik nicht lesen, die Zahl der Replikate bleibt also, wie sie ist. Die Pods sind nicht betroffen.',
    remedy:
      'Den in der zitierten Meldung genannten Metrik-Adapter oder KEDA-Trigger prüfen, und {{spec}}.scaling.',
  },
  'node-not-ready': {
    title: 'Ein Knoten ist ausgefallen',
    'title/node': 'Der Knoten {{node}} ist ausgefallen',
    explanation:
      'Der Knoten ist weg oder meldet sich nicht mehr, seine Pods gelten also als verloren. Sie können ihren Ersatz aufhalten: Ein LeaderWorkerSet wartet auf den alten Pod.',
    remedy:
      'Den Knoten wiederherstellen oder aus dem Cluster entfernen. Seine Pods erst mit Gewalt löschen, wenn der Knoten sicher abgetrennt ist.',
    'remedy/node':
      'Den Knoten {{node}} wiederherstellen oder aus dem Cluster entfernen. Seine Pods erst mit Gewalt löschen, wenn der Knoten sicher abgetrennt ist.',
  },
  'pod-evicted': {
    title: 'Pods wurden verdrängt',
    'title/resource': 'Verdrängt: Dem Knoten fehlt es an {{resource}}',
    explanation:
      'Der Knoten oder der Scheduler entfernte die Pods, um Platz zu schaffen, und ihr Ersatz ist noch nicht bereit.',
    remedy:
      'In {{main}}.resources den Request erhöhen, der nicht reichte (siehe Zitat), den Pods eine Prioritätsklasse geben oder sie mit einem PodDisruptionBudget schützen.',
    'remedy/resource':
      'In {{main}}.resources den Request für {{resource}} erhöhen, den Pods eine Prioritätsklasse geben oder sie mit einem PodDisruptionBudget schützen.',
  },
  'scheduler-unavailable': {
    title: 'Der Scheduler ist ausgefallen',
    'title/zero': 'Der Scheduler ist auf null skaliert',
    explanation:
      'Der Scheduler (Endpoint-Picker) wählt für jede Anfrage die Pods, und keiner seiner Pods ist bereit.',
    'explanation/open':
      'Der Scheduler (Endpoint-Picker) wählt für jede Anfrage die Pods, und keiner seiner Pods ist bereit. Sein InferencePool hat failureMode FailOpen; ein Gateway verteilt Anfragen dann womöglich ungesteuert auf Decode- und Prefill-Pods.',
    remedy:
      'Das Protokoll des Scheduler-Pods (Komponente llminferenceservice-router-scheduler) und seine Ereignisse lesen; ihn durch Löschen des Pods neu starten.',
  },
  'scheduler-config-invalid': {
    title: 'Der Scheduler lehnt seine Konfiguration ab',
    explanation: 'Der Scheduler kann seine Konfiguration nicht lesen.',
    'explanation/plugin':
      'Die Konfiguration des Schedulers nennt {{plugin}}, und diese Version kennt das nicht.',
    remedy:
      'spec.router.scheduler.config für diese Version berichtigen: Aus pd-profile-handler wurde disagg-profile-handler, aus prefill-header-handler wurde disagg-headers-handler, und die apiVersion ist llm-d.ai/v1alpha1. Ohne spec.router.scheduler.config gilt die richtige Vorgabe.',
  },
  'scheduler-missing': {
    title: 'Der Scheduler fehlt: Nichts schickt Anfragen an Prefill',
    explanation:
      'Ein Dienst mit Prefill braucht einen Scheduler, der für jede Anfrage einen Prefill- und einen Decode-Pod wählt. Ohne ihn bekommt Prefill keine Arbeit.',
    remedy: 'Im LLMInferenceService spec.router.scheduler: {} ergänzen.',
  },
  'scheduler-profile-stale': {
    title: 'Der Scheduler weiß nichts von Prefill',
    explanation:
      'Die Konfiguration des Schedulers hat kein Profil namens prefill. Der Controller behält eine vorhandene Konfiguration, wenn ein Dienst aufgeteilt wird.',
    remedy:
      'spec.router.scheduler.config.inline auf eine Konfiguration mit Prefill-Profil und disagg-profile-handler setzen, oder das Deployment des Schedulers löschen: Der Controller legt es mit der richtigen Vorgabe neu an.',
  },
  'inference-pool-not-accepted': {
    title: 'Das Gateway kennt den InferencePool nicht ({{reason}})',
    explanation:
      'Die Route ist angenommen, aber kein Gateway hat den InferencePool dahinter angenommen; Anfragen kommen nicht zum Scheduler.',
    remedy:
      'Prüfen, ob die Gateway-Implementierung ihre Inference-Erweiterung eingeschaltet hat und die API-Gruppe des InferencePool kennt (inference.networking.k8s.io, oder die ältere inference.networking.x-k8s.io).',
  },
  'route-not-accepted': {
    title: 'Die Route wird abgelehnt',
    'title/partial': 'Ein Gateway lehnt die Route ab, ein anderes nimmt sie an',
    explanation:
      'Das Gateway nimmt die HTTPRoute des Dienstes nicht an, es kommt also keine Anfrage von außen an.',
    'explanation/partial':
      'Ein Gateway nimmt die HTTPRoute des Dienstes nicht an; Anfragen kommen nur über ein anderes an.',
    remedy:
      'Der zitierten Meldung nachgehen: Listener (allowedRoutes, Hostname), ReferenceGrant oder Name des Backends.',
    'remedy/reason=NotAllowedByListeners':
      'Am Listener Routen aus diesem Namespace erlauben (Gateway spec.listeners[].allowedRoutes.namespaces), oder den Dienst an ein anderes Gateway hängen (spec.router.gateway.refs).',
    'remedy/reason=NoMatchingListenerHostname':
      'Einen Hostnamen verwenden, den ein Listener des Gateways bedient, oder spec.router.route.http.spec.hostnames entfernen.',
    'remedy/reason=NoMatchingParent':
      'Einen vorhandenen Listener des Gateways nennen (parentRefs[].sectionName und port).',
    'remedy/reason=BackendNotFound':
      'Die Route nennt ein Backend, das es nicht gibt: den InferencePool und den Workload-Service des Dienstes prüfen.',
    'remedy/reason=RefNotPermitted':
      'Den Verweis mit einem ReferenceGrant im Namespace des Backends erlauben.',
    'remedy/reason=InvalidKind':
      'Die Gateway-Implementierung unterstützt InferencePool nicht als Backend: ihre Inference-Erweiterung installieren.',
  },
  'gateway-not-ready': {
    title: 'Das Gateway ist nicht bereit',
    explanation:
      'Das Gateway, das zum Dienst führt, ist nicht angenommen oder nicht programmiert.',
    'explanation/internal':
      'Das Gateway, das zum Dienst führt, ist nicht angenommen oder nicht programmiert. Innerhalb des Clusters ist der Dienst noch unter seiner internen Adresse erreichbar.',
    remedy:
      'Den Status des Gateways und seinen Controller ansehen (Gateway-Klasse, Listener, Zertifikat, Adresse des Load-Balancers).',
  },
  'access-denied': {
    title: 'Nicht alles darf gelesen werden ({{keys}})',
    explanation:
      'Das Portal darf in diesem Namespace nicht lesen: {{keys}}. Was davon abhängt, ist unbekannt; das heißt nicht, dass es fehlt.',
    remedy:
      'Dem ServiceAccount des Portals in diesem Namespace eine Role (oder ClusterRole) mit get, list und watch geben für: {{keys}}.',
  },
  'cluster-unreachable': {
    title: 'Der Cluster ist nicht erreichbar',
    explanation:
      'Das Portal konnte nicht lesen: {{keys}}. Was davon abhängt, ist unbekannt.',
    remedy:
      'URL und Zertifikat des Clusters und den Netzwerkweg vom Portal dorthin prüfen, und ob sein API-Server antwortet.',
  },
};
