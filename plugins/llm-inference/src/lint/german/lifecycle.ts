const TOO_BIG =
  '{{poolName}}: Die Gewichte und eine Anfrage der größten Länge passen nicht in die GPUs';

/** GPUs, memory, and how pods start and end. */
export const lifecycleGerman = {
  'gpu-tensor-mismatch': {
    message:
      '{{poolName}}: Ein Pod fordert {{gpus}} von {{resource}} an, aber seine Parallelität braucht {{needed}}. parallelism.tensor setzt die Ressource nicht.',
    'message/none':
      '{{poolName}} fordert keine GPU an, aber {{sign}} besagt, dass GPUs gemeint sind.',
    fix: '{{needed}} anfordern, oder {{field}} ändern.',
    'fix/none':
      '{{needed}} der GPU-Ressource anfordern, zum Beispiel nvidia.com/gpu: "{{needed}}".',
  },
  'tensor-parallel-indivisible': {
    message:
      'Das Modell hat {{heads}} Attention-Heads; Tensorparallelität {{tensor}} teilt sie nicht.',
    'message/replicated':
      'Das Modell hat {{heads}} KV-Heads; mit Tensorparallelität {{tensor}} werden sie verdoppelt, und der KV-Cache gewinnt dadurch nichts.',
    fix: 'Einen Teiler von {{heads}} verwenden.',
    'fix/replicated': 'Nichts, wo die Gewichte es brauchen.',
  },
  'kv-cache-too-small': {
    message: `${TOO_BIG}.`,
    'message/left': `${TOO_BIG} ({{left, number}} GiB bleiben für den KV-Cache einer GPU).`,
    fix: 'parallelism.tensor zusammen mit den GPUs erhöhen, --max-model-len senken, oder einen KV-Cache in fp8 verwenden.',
  },
  'host-memory-low': {
    message:
      'Das Speicherlimit liegt unter den {{memory}} GiB, die die Gewichte auf dem Weg zur GPU belegen.',
    fix: 'Mindestens {{memory}}Gi setzen.',
  },
  'shared-memory-too-small': {
    message:
      '{{size}} gemeinsamer Speicher ist für Tensorparallelität {{tensor}} wenig.',
    'message/unmounted':
      'Nichts hängt das Volume shm ein; das Preset hängt dshm unter /dev/shm ein.',
    'message/preset':
      'Bei Tensorparallelität {{tensor}} teilen sich die Ränge Speicher; das Preset gibt 1Gi.',
    fix: 'Mindestens 8Gi setzen, und sie zum Speicherlimit zählen.',
    'fix/unmounted': 'Das Volume dshm nennen, dann ersetzt es das des Presets.',
    'fix/preset':
      'Ein Volume dshm mit emptyDir {medium: Memory, sizeLimit: 8Gi} ergänzen, und es zum Speicherlimit zählen.',
  },
  'startup-budget-exceeded': {
    message:
      '{{poolName}} hat {{budget}} s zum Starten, aber {{weights}} GiB Gewichte brauchen aus gewöhnlichem Speicher womöglich {{seconds}} s. Der Container würde beim Laden beendet, immer wieder.',
    fix: 'startupProbe.failureThreshold erhöhen, zum Beispiel 120 × 30 s, oder schnelleren Speicher verwenden (pvc://).',
  },
  'probe-misconfigured': {
    'message/port':
      '{{probe}} von main fragt Port {{used}}; die Engine hört auf {{expected}}.',
    'message/sidecar':
      '{{probe}} von main fragt Port {{used}}, und das ist der Routing-Sidecar, der immer antwortet; die Engine hört auf {{expected}}.',
    'message/scheme':
      '{{probe}} von main verwendet {{used}}, aber die Engine spricht {{expected}}.',
    fix: '{{probe}} entfernen: Das Preset hat die richtige.',
  },
  'prefill-termination-message': {
    message:
      'Stürzt Prefill ab, gehen seine letzten Worte denen verloren, die keine Protokolle lesen dürfen.',
    fix: 'terminationMessagePolicy: FallbackToLogsOnError setzen.',
  },
  'sidecar-missing': {
    message:
      'Die Liste ersetzt die des Presets, und mit ihr llm-d-routing-sidecar, der die Anfragen an Decode annimmt.',
    fix: '$patch entfernen: Init-Container werden nach Namen mit denen des Presets zusammengeführt, neben main.',
  },
  'gpu-memory-utilization': {
    'message/high':
      'Mit {{share}} der GPU bleibt nichts für das, was die Engine nicht mitzählt; unter Last kann ihr der Speicher ausgehen.',
    'message/low': 'Mit {{share}} der GPU bleibt viel davon ungenutzt.',
    fix: '0.90 bis 0.92 verwenden, die Vorgabe.',
  },
  'termination-grace': {
    message:
      'Pods haben {{seconds}} s zum Enden; laufende Anfragen und Transfers brauchen die 60 s des Presets.',
    fix: 'Entfernen, oder mindestens 60 setzen.',
  },
  'rollout-surge': {
    message:
      '{{poolName}}: Ein Rollout startet zuerst ein Viertel mehr Pods: Er braucht {{gpus}} freie GPUs.',
    fix: 'Sie frei halten, oder rolloutStrategy setzen (maxSurge 0, maxUnavailable 1), wo KServe das hat.',
  },
};
