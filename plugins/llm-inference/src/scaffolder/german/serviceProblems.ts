import type { problemMessages } from '../words/problemMessages';

const INSTEAD =
  'Einen zweiten Dienst in der neuen Form anlegen, die Anfragen dorthin umziehen und diesen außer Betrieb nehmen';

/** What is wrong with a service as a whole: what does not go together, and what is not offered. */
export const serviceProblemsGerman = {
  prefixCachingContradiction: 'Das widerspricht enable-prefix-caching',
  minimumAboveMaximum: '{{least}} liegt über maxReplicas {{most}}',
  triggersMissing: 'Die Art „keda“ braucht mindestens einen Auslöser',
  triggersElsewhere: 'Auslöser gehören zur Art „keda“',
  variantCostElsewhere: 'Das gehört zu den Arten „wva-…“',
  replicasAndScaling:
    'Feste Replikate und Skalierung schließen einander aus; eines von beiden entfernen',
  replicasMissing: 'Die Zahl der Replikate angeben, oder eine Skalierung',
  dataParallelismMissing:
    'Mehrere Knoten brauchen Datenparallelität: data und dataLocal setzen',
  ranksNotSpread:
    '{{ranks}} Ränge lassen sich nicht auf Knoten zu je {{perNode}} verteilen: data muss ein Vielfaches von dataLocal sein, und mehr als das',
  pipelineOverNodes:
    'KServe hat kein Preset für Pipeline-Parallelität über mehrere Knoten; Datenparallelität verwenden',
  dataOnOneNode:
    'Datenparallelität braucht mehrere Knoten (multiNode); auf einem Knoten mehr Replikate verwenden',
  gpuCountMismatch:
    '{{gpus}} GPUs je Pod passen nicht zur Parallelität, die {{needed}} verwendet',
  parallelismWithoutGpus: 'Parallelität braucht GPUs',
  cpuCacheWithGpus: 'Das ist für Engines ohne GPU',

  tcpHasNoSuchField: 'Ohne Fabric (TCP) hat das keine Bedeutung; entfernen',
  rdmaResourceMissing: 'Fabric „{{fabric}}“ braucht die Ressource für RDMA',
  efaResource: 'Fabric „efa“ verwendet „vpc.amazonaws.com/efa“',
  efaResourceElsewhere: '„vpc.amazonaws.com/efa“ gehört zu Fabric „efa“',
  attachmentMissing:
    '„{{resource}}“ ist eine virtuelle Funktion, die nur mit einem Netzwerkanschluss in den Pod kommt',
  efaWithoutUcx: 'EFA wird über libfabric erreicht statt über UCX; entfernen',
  transportFallsBack:
    '„{{transport}}“ lässt UCX wortlos auf TCP ausweichen; entfernen',
  transportUnknown:
    '„{{transport}}“ ist kein bekannter Transport von UCX; bekannt: {{known}}',
  transportNeedsUd:
    'Neben dem genannten Transport ist „ud“ nötig, oder einfach „rc“',
  transportsWithoutRdma: 'Kein Transport darin ist RDMA; „rc“ ergänzen',
  rocmElsewhere: 'Transporte für ROCm gehören zu GPUs von AMD',
  cudaElsewhere:
    'Transporte für CUDA gehören zu GPUs von NVIDIA; rocm_copy,rocm_ipc verwenden',
  gpuCopyMissing:
    'Ohne „{{transport}}“ hält UCX Speicher der GPU für den des Rechners; ergänzen',
  transportsOfTcp:
    'Ohne Fabric geht der Cache über TCP: die Transporte weglassen',

  kserveTooOld:
    'KServe {{version}} übergeht die Argumente der Engine wortlos (seine Presets für einen Knoten starten vLLM unmittelbar), der KV-Cache käme also nie an. Dienste lassen sich ab 0.18 anlegen',
  gpusDiffer:
    'Beide Pools brauchen GPUs einer Art: Decode verwendet {{decode}}, Prefill {{prefill}}',
  amdFabricNeedsAmdGpus: 'Fabric „amd“ braucht „amd.com/gpu“ in beiden Pools',
  amdGpusNeedAmdFabric: 'GPUs von AMD brauchen Fabric „amd“ oder „none“',
  noGpusNeedTcp: 'Ein Dienst ohne GPUs braucht Fabric „none“ (TCP)',
  prefillAboveDecode:
    'Prefill über {{prefill}} GPUs kann seinen Cache nicht an Decode über {{decode}} übergeben: Decode muss ein Vielfaches von Prefill sein. Prefill weniger GPUs je Replikat und mehr Replikate geben',
  scalingDiffers:
    'Beide Pools müssen auf dieselbe Art skalieren: Decode verwendet „{{decode}}“, Prefill „{{prefill}}“',
  kedaTooEarly:
    'KServe {{version}} übergeht Auslöser von KEDA wortlos; nötig ist 0.21 oder neuer, oder eine der Arten „wva-…“',
  efaNeedsLibfabric:
    'Fabric „efa“ braucht das Backend LIBFABRIC; UCX erreicht EFA nur über TCP',
  libfabricElsewhere: 'LIBFABRIC gehört zu Fabric efa; UCX verwenden',
  bufferWithoutGpus: 'Ohne GPUs ist nur „cpu“ möglich',
  portTaken:
    '{{first}} bei {{ranks}} Rängen belegt Port {{taken}}, den die Engine verwendet; üblich ist 5600',
  memoryTaken:
    '{{limit}} lassen der Engine nichts übrig: Der gemeinsame Speicher ({{shared}}) zählt dazu',
  memoryTakenByCache:
    '{{limit}} lassen der Engine nichts übrig: Der gemeinsame Speicher ({{shared}}) und der ausgelagerte Cache ({{offloaded}}) zählen dazu',
  sharedMemoryTooSmall: 'Tensorparallelität braucht mindestens {{least}}',
  clusterTwice: '„{{cluster}}“ ist zweimal genannt',
  replicasScaled:
    'Der Pool {{poolName}} folgt der Last und hat keine feste Zahl',

  otherProfile: '„{{profile}}“ ist nicht das Profil „{{offered}}“',
  clusterNotOffered:
    '„{{cluster}}“ ist kein Cluster des Profils „{{profile}}“; möglich: {{offered}}',
  namespaceNotOffered:
    '„{{namespace}}“ ist kein Namespace des Profils „{{profile}}“; möglich: {{offered}}',
  ownerNotOffered:
    '„{{owner}}“ darf keine Dienste des Profils „{{profile}}“ besitzen; möglich: {{offered}}',
  modelNotOffered:
    '„{{uri}}“ kommt von keinem Ort, den Profil „{{profile}}“ erlaubt; es muss beginnen mit {{offered}}',
  imageNotOffered:
    'Profil „{{profile}}“ erlaubt „{{image}}“ nicht; es muss beginnen mit {{offered}}',
  noImageOffered: 'Profil „{{profile}}“ erlaubt kein eigenes Image; weglassen',
  tooManyReplicas:
    '{{replicas}} Replikate sind mehr als die {{most}} je Pool, die Profil „{{profile}}“ erlaubt',
  tooManyGpus:
    'Beide Pools zusammen würden bis zu {{gpus}} GPUs verwenden; Profil „{{profile}}“ erlaubt {{most}} je Dienst',
  tooManyGpusPerPod:
    'Ein Pod bräuchte {{gpus}} GPUs; Knoten des Profils „{{profile}}“ haben {{most}}',
  otherRdma:
    '„{{resource}}“ ist nicht die Ressource für RDMA des Profils „{{profile}}“; die ist „{{offered}}“',
  noRdma:
    'Profil „{{profile}}“ hat kein RDMA; der KV-Cache seiner Dienste geht über TCP',

  labelsInPlace: `Labels kommen in den Selektor des Deployments, und der ist unveränderlich: KServe meldet „field is immutable“, und die Pods bleiben, wie sie sind, bis das Deployment gelöscht wird, was den Dienst unterbricht. ${INSTEAD}`,
  parallelismInPlace: `Über mehrere Knoten lehnt KServe eine andere Parallelität ab („total parallelism size is immutable“), und auf einem Knoten passten Prefill und Decode nicht zusammen, bis beide Pools ersetzt sind. ${INSTEAD}`,
  nodesInPlace: `Aus einem Deployment wird kein LeaderWorkerSet: KServe würde den neuen Pool neben dem alten anlegen, mit GPUs für beide. ${INSTEAD}`,
  modelInPlace: `Ein anderes Modell ist ein anderer Dienst: Während des Rollouts kämen Antworten aus zwei Modellen, und die KV-Caches passen nicht zusammen. ${INSTEAD}`,
} satisfies Partial<Record<keyof typeof problemMessages, string>>;
