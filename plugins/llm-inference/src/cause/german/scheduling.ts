/** Why pods are not made or not placed. */
export const schedulingGerman = {
  'insufficient-rdma': {
    title: 'Keine RDMA-Ressource {{resource}} frei',
    explanation:
      'Kein Knoten hat eine Einheit der RDMA-Ressource {{resource}} frei, oder kein Knoten bietet eine Ressource dieses Namens an (falscher Name, oder das Device-Plugin steht).',
    remedy:
      'Den Namen in {{main}}.resources mit den Schlüsseln unter status.allocatable eines Knotens vergleichen. Stimmt er, Einheiten freigeben, das Device-Plugin mehr davon teilen lassen (rdmaHcaMax) oder {{spec}}.replicas senken.',
  },
  'insufficient-gpu': {
    title: 'Nicht genug GPUs frei ({{resource}})',
    'title/claims': 'Kein Gerät für die Resource-Claims frei',
    explanation:
      'Ein Pod braucht alle seine GPUs auf einem Knoten, und kein Knoten hat so viele frei. In einem vollen Cluster ist das bei Rollouts üblich: Der neue Pod startet, bevor ein alter endet.',
    remedy:
      '{{spec}}.replicas senken, oder {{spec}}.parallelism.tensor zusammen mit dem GPU-Limit, oder dem anderen Pool Kapazität nehmen. Mit KServe nach v0.20 erneuert {{spec}}.rolloutStrategy.maxSurge: 0 ohne zusätzliche GPUs.',
  },
  'insufficient-cpu-memory': {
    title: 'Zu wenig frei: {{resource}}',
    'title/slots': 'Auf keinem Knoten ist Platz für weitere Pods',
    explanation:
      'Kein Knoten, der sonst passt, hat genug {{resource}} für die Anforderungen dieses Pools frei.',
    'explanation/slots':
      'Die Knoten, die sonst passen, haben die größte Zahl ihrer Pods erreicht.',
    remedy: '{{main}}.resources.requests senken oder Knoten hinzufügen.',
  },
  'node-selector-mismatch': {
    title: 'Kein Knoten passt zum Node-Selector',
    explanation:
      'Node-Selector oder Node-Affinity verlangen Labels, die kein Knoten hat.',
    remedy:
      '{{template}}.nodeSelector (oder {{template}}.affinity.nodeAffinity) berichtigen oder die gemeinten Knoten mit den Labels versehen.',
  },
  'untolerated-taint': {
    title: 'Die passenden Knoten haben einen Taint',
    'title/taint': 'Die passenden Knoten haben einen Taint ({{taint}})',
    explanation:
      'Die Knoten, die passen würden, tragen einen Taint. Er hält jeden Pod fern, der ihn nicht duldet, und die Pods dieses Pools dulden ihn nicht.',
    'explanation/taint':
      'Die Knoten, die passen würden, tragen den Taint {{taint}}. Er hält jeden Pod fern, der ihn nicht duldet, und die Pods dieses Pools dulden ihn nicht.',
    remedy:
      'Eine Toleration für den Taint (oft nvidia.com/gpu) in {{template}}.tolerations dieses Pools ergänzen; die Pools teilen ihr Template nicht.',
    'remedy/taint':
      'Eine Toleration für {{taint}} in {{template}}.tolerations dieses Pools ergänzen; die Pools teilen ihr Template nicht.',
  },
  'anti-affinity-unsatisfied': {
    title: 'Die Anti-Affinität braucht mehr Knoten, als da sind',
    explanation:
      'Eine verbindliche Anti-Affinität oder Topology-Spread-Regel verlangt mehr getrennte Knoten, als der Cluster für diesen Pool hat.',
    remedy:
      'In {{template}}.affinity.podAntiAffinity preferredDuringSchedulingIgnoredDuringExecution statt required… verwenden oder Knoten hinzufügen.',
  },
  'volume-not-bound': {
    title: 'Das Volume mit dem Modell ist nicht verfügbar',
    'title/claim': 'Der PersistentVolumeClaim {{claim}} ist nicht nutzbar',
    explanation:
      'Das Volume mit dem Modell gibt es nicht, es ist nicht gebunden, oder es lässt sich nur auf einem Knoten einhängen, während beide Pools es brauchen.',
    remedy:
      'Den in spec.model.uri (pvc://…) genannten PersistentVolumeClaim in diesem Namespace anlegen, mit Zugriffsart ReadWriteMany oder ReadOnlyMany: Beide Pools hängen ihn ein.',
    'remedy/claim':
      'Den PersistentVolumeClaim {{claim}} in diesem Namespace anlegen, mit Zugriffsart ReadWriteMany oder ReadOnlyMany: Beide Pools hängen ihn ein.',
  },
  'quota-exceeded': {
    title: 'Die Quota {{quota}} ist ausgeschöpft',
    'title/missing': 'Die Quota {{quota}} verlangt {{missing}}',
    explanation:
      'Die Quota {{quota}} des Namespace erlaubt {{limited}}; {{used}} sind belegt, {{requested}} kämen hinzu. Es gibt noch keinen Pod zum Ansehen.',
    'explanation/missing':
      'Die Quota {{quota}} verlangt, dass jeder Container {{missing}} nennt, und einer tut es nicht. Es gibt noch keinen Pod zum Ansehen.',
    remedy:
      'Die Quota {{quota}} erhöhen lassen, oder {{spec}}.replicas oder die Ressourcen senken.',
    'remedy/missing': '{{missing}} in {{main}}.resources setzen.',
  },
  'pod-security-violation': {
    title: 'Kein Security-Context-Constraint lässt die Pods zu',
    'title/level': 'Die Pod-Sicherheitsstufe {{level}} verbietet die Pods',
    explanation:
      'Der Namespace verbietet, was die Pods verlangen. Es gibt noch keinen Pod zum Ansehen.',
    'explanation/what':
      'Der Namespace verbietet, was die Pods verlangen: „{{what}}“. Es gibt noch keinen Pod zum Ansehen.',
    remedy:
      'Die Capability oder das Privileg aus {{template}} entfernen; für RDMA statt IPC_LOCK die Grenze für gesperrten Speicher in der Container-Runtime der Knoten anheben. Sonst das Plattformteam bitten, den Namespace freizugeben.',
  },
  'extended-resource-invalid': {
    title: 'Ein Gerät ist so angefordert, dass Kubernetes es ablehnt',
    'title/resource':
      '{{resource}} braucht dieselbe ganze Zahl in limits und requests',
    explanation:
      'GPUs und RDMA-Geräte lassen sich nicht überbuchen oder teilen: Abgelehnt werden ein Request ohne Limit, ein Request ungleich dem Limit und Bruchteile.',
    remedy:
      'In {{main}}.resources unter limits und requests dieselbe ganze Zahl schreiben.',
  },
  'device-allocation-failed': {
    title: 'Der Knoten gibt das Gerät nicht her',
    'title/device': 'Der Knoten gibt {{device}} nicht her',
    explanation:
      'Der Pod war eingeplant, aber der Kubelet des Knotens konnte das Gerät nicht ausgeben (eine kranke GPU oder Netzwerkkarte, oder ein Device-Plugin, das nicht antwortet). Jedes Mal entsteht ein neuer Pod, daher können viele gescheiterte übrig bleiben.',
    remedy:
      'Auf dem Knoten das Device-Plugin neu starten und GPU oder Netzwerkkarte prüfen; den Knoten sperren (cordon), bis er gesund ist.',
    'remedy/node':
      'Auf dem Knoten {{node}} das Device-Plugin neu starten und GPU oder Netzwerkkarte prüfen; den Knoten sperren (cordon), bis er gesund ist.',
  },
  'scheduling-gated': {
    title: 'Eine Warteschlange hält die Pods zurück',
    explanation:
      'Eine Warteschlange (etwa Kueue) hält die Pods zurück, bis sie die Arbeitslast zulässt.',
    remedy:
      'Das Workload-Objekt der Warteschlange für diesen Dienst ansehen; am Dienst selbst ist nichts zu ändern.',
  },
};
