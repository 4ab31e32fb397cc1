/** What stops an engine. */
export const engineGerman = {
  'host-memory-exceeded': {
    title: 'Speichergrenze des Containers {{container}} überschritten',
    'title/evicted': 'Verdrängt, weil dem Knoten der Speicher ausging',
    explanation:
      'Der Kernel hat den Container {{container}} beendet, weil er mehr Speicher brauchte, als seine Grenze erlaubt.',
    'explanation/evicted':
      'Dem Knoten ging der Speicher aus, und er entfernte die Pods, weil sie mehr brauchten, als sie angefordert hatten. Gewichte liegen beim Laden im Speicher, und /dev/shm zählt mit.',
    'explanation/container=main':
      'Der Kernel hat den Container main beendet, weil er mehr Speicher brauchte, als seine Grenze erlaubt. Gewichte liegen beim Laden im Speicher, und /dev/shm zählt mit.',
    remedy: '{{field}}.resources.limits.memory dieses Pools erhöhen.',
    'remedy/evicted':
      '{{field}}.resources.requests.memory auf das erhöhen, was die Engine braucht, und limits.memory mit: Dann halten Knoten so viel frei.',
  },
  'gpu-memory-exceeded': {
    title: 'GPU-Speicher überschritten',
    explanation:
      'Das Modell, seine Aktivierungen oder seine KV-Blöcke brauchen mehr GPU-Speicher, als die GPUs eines Pods haben.',
    remedy:
      '{{spec}}.parallelism.tensor zusammen mit dem GPU-Limit erhöhen, oder --max-num-seqs, --max-num-batched-tokens oder --gpu-memory-utilization in VLLM_ADDITIONAL_ARGS von {{main}} senken.',
  },
  'gpu-not-empty': {
    title: 'Die GPU ist anderweitig belegt',
    explanation:
      'Die Engine will {{wanted, number}} GiB GPU-Speicher (Anteil {{share}}) und fand {{free, number}} von {{total, number}} GiB frei: Ein anderer Prozess hält Speicher dieser GPU.',
    remedy:
      'Den anderen Prozess finden (ein alter Pod, der noch endet, oder Time-Slicing der GPU), oder --gpu-memory-utilization in VLLM_ADDITIONAL_ARGS von {{main}} senken.',
  },
  'kv-cache-too-small': {
    title: 'Der GPU-Speicher reicht nicht für eine Anfrage',
    explanation:
      'Neben den Gewichten bleibt zu wenig GPU-Speicher für den KV-Cache einer Anfrage größter Länge.',
    'explanation/needed':
      'Eine Anfrage der größten Länge von {{length}} Token braucht {{needed, number}} GiB KV-Cache, und neben den Gewichten bleiben {{available, number}} GiB.',
    remedy:
      '--max-model-len in VLLM_ADDITIONAL_ARGS von {{main}} senken (in beiden Pools gleich), oder {{spec}}.parallelism.tensor zusammen mit dem GPU-Limit erhöhen.',
    'remedy/suggested':
      '--max-model-len {{suggested}} in VLLM_ADDITIONAL_ARGS von {{main}} setzen (in beiden Pools gleich), oder {{spec}}.parallelism.tensor zusammen mit dem GPU-Limit erhöhen.',
  },
  'tensor-parallel-indivisible': {
    title: 'Das Modell lässt sich nicht auf so viele GPUs teilen',
    explanation:
      'Eine Dimension des Modells ist nicht durch die Tensorparallelität teilbar.',
    'explanation/heads':
      'Das Modell hat {{heads}} Attention-Heads; sie sind nicht durch die Tensorparallelität {{tensor}} teilbar.',
    remedy:
      '{{spec}}.parallelism.tensor auf einen Teiler der Attention-Heads des Modells setzen und das GPU-Limit auf dieselbe Zahl.',
    'remedy/heads':
      '{{spec}}.parallelism.tensor auf einen Teiler von {{heads}} setzen und das GPU-Limit auf dieselbe Zahl.',
  },
  'shared-memory-too-small': {
    title: 'Der gemeinsame Speicher ist zu klein',
    explanation:
      'Die Prozesse einer Engine tauschen Daten über /dev/shm aus, und das Volume dahinter ist voll. Das Preset gibt ihm 1Gi.',
    remedy:
      'Das Volume dshm in {{template}}.volumes überschreiben (emptyDir: {medium: Memory, sizeLimit: 16Gi}) und das Speicherlimit des Containers main um ebenso viel erhöhen: Das Volume zählt mit.',
  },
  'engine-argument-invalid': {
    title: 'Die Engine lehnt ihre Argumente ab',
    explanation:
      'Diese vLLM-Version kennt ein Flag nicht, ein Wert hat den falschen Typ, oder Anführungszeichen gingen verloren: Das Startskript führt die Argumente durch eval.',
    remedy:
      'VLLM_ADDITIONAL_ARGS (oder args) von {{main}} berichtigen; JSON in einfache Anführungszeichen setzen.',
  },
  'startup-budget-exceeded': {
    title: 'Beendet, bevor das Modell geladen war',
    explanation:
      'Das Laden dauert länger, als die Startup-Probe erlaubt ({{budget}} Sekunden); der Kubelet beendet den Container immer wieder.',
    remedy:
      '{{main}}.startupProbe.failureThreshold dieses Pools erhöhen (120 bei periodSeconds 30 für große Modelle), oder das Laden mit Gewichten auf einem Volume (pvc://) beschleunigen.',
  },
  'probe-misconfigured': {
    title: 'Eine Probe fragt am falschen Port oder mit falschem Schema',
    explanation:
      'Die Probe bekommt eine Antwort in einem anderen Protokoll oder unter ihrem Pfad keine; sie scheitert, was immer die Engine tut.',
    'explanation/code=port':
      '{{probe}} des Containers main fragt an einem anderen Port als dem der Engine; sie scheitert (oder gelingt immer), was immer die Engine tut.',
    'explanation/code=scheme':
      '{{probe}} des Containers main fragt mit einem anderen Schema, als die Engine spricht; sie scheitert, was immer die Engine tut.',
    'explanation/code=kills':
      'Die Liveness-Probe beendet einen Container, der Anfragen beantwortet.',
    remedy:
      'Die Probe aus {{main}} entfernen: Das Preset hat die richtige. Sonst Port 8000 und das Schema der TLS-Einstellung verwenden (üblich HTTP).',
    'remedy/pool=decode':
      'Die Probe aus {{main}} entfernen: Das Preset hat die richtige. Sonst Port 8001 und das Schema der TLS-Einstellung verwenden (üblich HTTP).',
  },
  'engine-unresponsive': {
    title: 'Die Engine antwortet nicht mehr',
    explanation:
      'Die Engine war gestartet und in Betrieb und antwortet ihrer Probe nicht mehr: Sie hängt, ist überlastet oder blockiert.',
    remedy:
      'Die letzten Protokollzeilen des Containers main ansehen; die Last oder --max-num-seqs in VLLM_ADDITIONAL_ARGS von {{main}} senken. Eine Liveness-Probe startet sie neu.',
  },
  'engine-crash': {
    title: 'Der Container {{container}} stürzt immer wieder ab',
    'title/container=main': 'Die Engine stürzt immer wieder ab',
    explanation:
      'Der Container {{container}} endete {{times}}-mal (Exit-Code {{exit}}), mit einer Meldung, die keine bekannte Ursache erklärt.',
    'explanation/silent':
      'Der Container {{container}} endete {{times}}-mal (Exit-Code {{exit}}) und hinterließ keine Meldung: Seine terminationMessagePolicy ist File, wie es das Preset für Prefill vorsieht.',
    remedy:
      'Der zitierten Zeile nachgehen; das ganze Protokoll des letzten Laufs lesen (kubectl logs --previous -c {{container}}).',
    'remedy/silent':
      'Das Protokoll des letzten Laufs lesen (kubectl logs --previous) und an {{template}}.containers[{{container}}] terminationMessagePolicy: FallbackToLogsOnError setzen, damit der nächste Absturz sagt, warum.',
  },
};
