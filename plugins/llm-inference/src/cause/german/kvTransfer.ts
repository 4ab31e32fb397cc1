/** What goes wrong on the way of the KV cache. */
export const kvTransferGerman = {
  'kv-connector-missing': {
    title: 'Beiden Pools fehlt der KV-Connector',
    'title/missing=decode': 'Decode fehlt der KV-Connector',
    'title/missing=prefill': 'Prefill fehlt der KV-Connector',
    explanation:
      'Beide Pools laufen und Anfragen werden beantwortet, aber die Engines wissen nicht, dass sie den KV-Cache übergeben sollen. Decode rechnet jede Eingabe noch einmal, Prefill nützt also nichts.',
    remedy:
      'In VLLM_ADDITIONAL_ARGS des Containers main --kv-transfer-config mit kv_connector NixlConnector ergänzen: kv_role kv_consumer in spec.template und kv_producer in spec.prefill.template.',
    'remedy/missing=decode':
      'In VLLM_ADDITIONAL_ARGS von spec.template.containers[main] --kv-transfer-config mit kv_connector NixlConnector und kv_role kv_consumer ergänzen.',
    'remedy/missing=prefill':
      'In VLLM_ADDITIONAL_ARGS von spec.prefill.template.containers[main] --kv-transfer-config mit kv_connector NixlConnector und kv_role kv_producer ergänzen.',
  },
  'kv-role-mismatch': {
    title: 'Die KV-Connectors der Pools passen nicht zusammen',
    explanation:
      'Die Pools können den KV-Cache nicht übergeben: Decode ist {{decode}}, Prefill ist {{prefill}}.',
    'explanation/code=Connectors':
      'Die Pools können den KV-Cache nicht übergeben: Decode verwendet {{decode}}, Prefill {{prefill}}.',
    'explanation/code=Sidecar':
      'Die Pools können den KV-Cache nicht übergeben: Der Routing-Sidecar spricht {{sidecar}}, aber {{connector}} braucht {{expected}}.',
    remedy:
      'In beiden Pools denselben Connector verwenden, kv_role kv_consumer in spec.template (Decode) und kv_producer in spec.prefill.template, in VLLM_ADDITIONAL_ARGS; zu NixlConnector braucht der Routing-Sidecar --kv-connector=nixlv2.',
  },
  'nixl-unavailable': {
    title: 'Dem Image fehlt NIXL',
    explanation:
      'Die Engine soll den NIXL-Connector verwenden, und ihr Image enthält die Bibliothek nicht.',
    remedy:
      'In {{main}}.image ein Image mit NIXL verwenden (llm-d-cuda, oder vllm-openai mit nixl gebaut), in beiden Pools dasselbe.',
  },
  'side-channel-host-unset': {
    title: 'Prefill nennt localhost als Adresse für den KV-Transfer',
    'title/value': 'Jeder Prefill-Pod nennt dieselbe Adresse {{value}}',
    explanation:
      'Jeder Prefill-Pod muss Decode seine eigene Adresse nennen. Ohne VLLM_NIXL_SIDE_CHANNEL_HOST sagt er localhost, und ein fester Wert stimmt für höchstens einen Pod; VLLM_HOST_IP und POD_IP ersetzen sie nicht.',
    remedy:
      'Die Variable VLLM_NIXL_SIDE_CHANNEL_HOST aus fieldRef status.podIP am Container main beider Pools setzen (spec.template und spec.prefill.template).',
  },
  'side-channel-unreachable': {
    title: 'Decode erreicht Prefill für den Handshake nicht',
    explanation:
      'Vor dem ersten Transfer fragt Decode bei Prefill über TCP nach dessen Speicheraufteilung, und Prefill antwortet nicht.',
    'explanation/host':
      'Vor dem ersten Transfer fragt Decode bei Prefill über TCP nach dessen Speicheraufteilung, und {{host}} antwortet nicht.',
    remedy:
      'TCP-Port 5600 (plus Data-Parallel-Rang) zwischen den Pods beider Pools in der NetworkPolicy erlauben und prüfen, ob die Prefill-Pods bereit sind.',
  },
  'kv-transfer-failing': {
    title: 'KV-Transfers scheitern',
    explanation:
      'Manche Transfers von KV-Blöcken scheitern. Mit kv_load_failure_policy fail (üblich) scheitern auch ihre Anfragen, sonst rechnet Decode die Eingabe noch einmal.',
    remedy:
      'Das Netz und die Gegenstelle in der zitierten Zeile ansehen: die RDMA-Verbindung beider Knoten und ob der Prefill-Pod neu gestartet ist.',
  },
  'kv-compatibility-mismatch': {
    title: 'Die Engines lehnen einander ab',
    explanation:
      'Prefill und Decode unterscheiden sich in vLLM-Version, Modell, Datentyp, Typ des KV-Caches, Attention-Backend oder KV-Layout, daher verweigert NIXL den Handshake. GPUs verschiedener Generationen wählen verschiedene Attention-Backends.',
    remedy:
      'In spec.template und spec.prefill.template denselben Image-Digest und dieselben Argumente der Engine verwenden. enforce_handshake_compat: false nicht setzen: Es verdeckt den Unterschied und kann Antworten verfälschen.',
  },
  'kv-parallelism-unsupported': {
    title: 'Die Parallelität der Pools passt nicht',
    explanation:
      'NIXL kann die KV-Blöcke des einen Pools nicht auf den anderen abbilden: Die Blockgrößen passen nicht.',
    'explanation/sizes':
      'NIXL kann die KV-Blöcke des einen Pools nicht auf den anderen abbilden: Decode hat Tensorparallelität {{decode}}, Prefill {{prefill}}.',
    remedy:
      'spec.parallelism.tensor (Decode) zu einem Vielfachen von spec.prefill.parallelism.tensor machen, die GPU-Limits dazu, und in beiden Pools dieselbe --block-size verwenden.',
  },
  'kv-blocks-expired': {
    title: 'KV-Blöcke verfallen, bevor Decode sie holt',
    explanation:
      'Prefill hebt die KV-Blöcke einer Anfrage nur eine Zeit lang auf. Decode holte sie zu spät, diese Eingaben werden also noch einmal gerechnet.',
    remedy:
      'Decode mehr Kapazität geben (spec.replicas) oder eine längere Frist: ab vLLM 0.22 kv_connector_extra_config.kv_lease_duration, davor die Variable VLLM_NIXL_ABORT_REQUEST_TIMEOUT in spec.prefill.template.',
  },
  'kv-blocks-invalid': {
    title: 'Antworten können falsch sein',
    explanation:
      'Decode hat womöglich KV-Blöcke gelesen, die Prefill schon freigegeben hatte. Falscher Text mit HTTP 200 ist möglich.',
    remedy:
      'Keinen Verkehr mehr schicken, bis das geklärt ist. Eine längere Frist (kv_connector_extra_config.kv_lease_duration) in der KV-Transfer-Konfiguration beider Pools setzen und sie neu starten.',
  },
  'memlock-limit': {
    title: 'Der Knoten begrenzt gesperrten Speicher',
    explanation:
      'RDMA braucht fest gesperrten Speicher, und die Container-Runtime dieses Knotens begrenzt, wie viel ein Container sperren darf.',
    'explanation/limit':
      'RDMA braucht fest gesperrten Speicher, und die Container-Runtime dieses Knotens erlaubt einem Container nur {{limit}} kB.',
    remedy:
      'LimitMEMLOCK=infinity für die Container-Runtime (containerd oder CRI-O) auf diesen Knoten setzen. IPC_LOCK hilft nur root oder mit Ambient-Capabilities.',
  },
  'ucx-device-unavailable': {
    title: 'Das für UCX genannte Netzwerkgerät gibt es nicht',
    explanation:
      'UCX findet keines der Geräte und keinen der Transporte, die es verwenden soll.',
    'explanation/available':
      'UCX soll {{device}} verwenden. Im Pod gibt es: {{available}}.',
    remedy:
      'UCX_NET_DEVICES aus {{main}}.env entfernen oder auf einen Namen aus der Liste setzen, mit seinem Port: mlx5_0:1 (NCCL_IB_HCA wird ohne geschrieben).',
  },
  'ucx-transport-unavailable': {
    title: 'Ein für UCX genannter Transport fehlt',
    explanation:
      'UCX bleibt kein Transport, der den anderen Pool mit GPU-Speicher erreicht.',
    'explanation/available':
      'UCX soll {{transport}} verwenden. Es hat: {{available}}.',
    remedy:
      '{{template}} ein Image geben, dessen UCX den Transport hat, und das RDMA-Gerät anfordern; eine Liste in UCX_TLS braucht rc (oder dc) und cuda_copy (rocm_copy bei AMD).',
  },
  'ucx-transports-misconfigured': {
    title: 'UCX_TLS passt nicht zu RDMA',
    explanation:
      'Die Pods fordern ein RDMA-Gerät an, aber UCX_TLS={{list}} passt nicht dazu.',
    'explanation/code=NoNetwork':
      'Die Pods fordern ein RDMA-Gerät an, aber UCX_TLS={{list}} nennt weder einen RDMA-Transport (rc, dc) noch tcp: Die Pods erreichen einander nicht.',
    'explanation/code=EfaNeedsLibfabric':
      'UCX_TLS={{list}} nennt RDMA-Transporte von UCX, aber EFA geht nur über das Backend LIBFABRIC von NIXL.',
    'explanation/code=NoRdma':
      'Die Pods fordern ein RDMA-Gerät an, aber UCX_TLS={{list}} nennt keinen RDMA-Transport (rc oder dc): KV-Blöcke laufen über TCP.',
    'explanation/code=NoGpuTransport':
      'Die Pods fordern ein RDMA-Gerät an, aber UCX_TLS={{list}} nennt keinen Transport für GPU-Speicher (cuda_copy, oder rocm_copy bei AMD).',
    'explanation/code=TcpFallback':
      'UCX_TLS={{list}} nennt tcp neben RDMA: Ein gestörtes Netz fällt still auf TCP zurück.',
    'explanation/code=MissesAuxiliary':
      'UCX_TLS={{list}} nennt nur eine rc-Variante, ohne ud für den Verbindungsaufbau; rc schreiben.',
    remedy:
      'UCX_TLS an {{main}} auf rc,sm,self,cuda_copy,cuda_ipc setzen (AMD: rc,sm,self,rocm_copy,rocm_ipc).',
    'remedy/efa':
      'UCX_TLS aus {{main}}.env entfernen und in der KV-Transfer-Konfiguration beider Pools kv_connector_extra_config.backends auf ["LIBFABRIC"] setzen.',
  },
  'rdma-not-requested': {
    title: 'Für {{poolName}} ist kein RDMA-Gerät angefordert',
    explanation:
      'RDMA ist gemeint ({{sign}}), aber ohne ein Gerät unter seinen Ressourcen kann der Pod es nicht verwenden.',
    'explanation/other':
      'Der andere Pool fordert ein RDMA-Gerät an; ohne ein Gerät unter seinen Ressourcen kann dieser Pod RDMA nicht verwenden.',
    remedy:
      'Die RDMA-Ressource des Clusters (etwa rdma/roce_gdr: 1) unter limits und requests von {{main}}.resources ergänzen; beide Pools brauchen sie. Ohne RDMA die Einstellungen, die danach verlangen, aus {{spec}} entfernen.',
  },
  'rdma-fallback-tcp': {
    title: 'Der KV-Transfer läuft über TCP statt über RDMA',
    explanation:
      'RDMA-Geräte sind da, aber UCX wählte zwischen den Knoten TCP (UCX_TLS ist nicht gesetzt). Alles geht, und jeder Transfer dauert viele Male länger.',
    'explanation/list':
      'RDMA-Geräte sind da, aber UCX wählte zwischen den Knoten TCP (UCX_TLS={{list}}). Alles geht, und jeder Transfer dauert viele Male länger.',
    remedy:
      'UCX_TLS=rc,sm,self,cuda_copy,cuda_ipc am Container main beider Pools setzen: Dann scheitert ein gestörtes Netz laut, statt still langsam zu sein. Prüfen, ob die RDMA-Schnittstelle in den Pods und ihr Port aktiv ist.',
  },
  'roce-inference-failed': {
    title: 'Kein brauchbares RoCE-Gerät gefunden',
    explanation:
      'KSERVE_INFER_ROCE sucht im Pod einen aktiven mlx5-Port mit einer IPv4-Adresse für RoCE v2 und fand keinen. NIXL muss dann raten.',
    remedy:
      'Der Port muss aktiv sein, und seine Schnittstelle braucht eine IP-Adresse aus dem Network-Attachment. Bei InfiniBand, EFA, Broadcom oder AMD KSERVE_INFER_ROCE nicht setzen.',
  },
  'stale-kv-agent': {
    title: 'Decode kennt noch einen Prefill-Pod, den es nicht mehr gibt',
    explanation:
      'Ein Prefill-Pod wurde ersetzt, und Decode-Pods, die mit dem alten verbunden waren, behalten seine Adresse. Transfers vom neuen Pod scheitern.',
    remedy:
      'Die verbundenen Decode-Pods neu starten (einen nach dem anderen löschen). kv_load_failure_policy bis dahin lassen, wie es ist.',
  },
  'mixed-pool-versions': {
    title: 'Pods im Betrieb haben {{count}} verschiedene Images',
    'title/refused':
      'Pods im Betrieb haben {{count}} verschiedene Images und tauschen keine KV-Blöcke',
    explanation:
      'Bereite Pods der beiden Pools haben {{count}} verschiedene Image-Digests. Engines tauschen KV-Blöcke nur mit einer Engine desselben Builds.',
    'explanation/rolling':
      'Bereite Pods der beiden Pools haben {{count}} verschiedene Image-Digests. Engines tauschen KV-Blöcke nur mit einer Engine desselben Builds; ein Rollout läuft, es kann sich also von selbst geben.',
    remedy:
      'Den Rollout beenden oder zurücknehmen, und das Image beider Pools (spec.template und spec.prefill.template) in einem Commit ändern, mit demselben Digest.',
  },
  'prefill-bypassed': {
    title: 'Prefill leistet nichts für Decode',
    explanation:
      'Nach den Messwerten leistet Prefill nichts für Decode. Die Prefill-Pods kosten GPUs, ohne Decode schneller zu machen.',
    'explanation/code=nothingFetched':
      'Nach den Messwerten gingen {{count}} Anfragen durch Prefill, aber Decode holte nichts ab. Die Prefill-Pods kosten GPUs, ohne Decode schneller zu machen.',
    'explanation/code=computedItself':
      'Nach den Messwerten hat Decode seine Eingaben selbst gerechnet. Die Prefill-Pods kosten GPUs, ohne Decode schneller zu machen.',
    'explanation/code=decodeAlone':
      'Nach den Messwerten schickte der Scheduler {{count}} Anfragen allein an Decode, obwohl Prefill bereit ist. Die Prefill-Pods kosten GPUs, ohne Decode schneller zu machen.',
    remedy:
      'Im Protokoll des Containers main von Decode nach einem gescheiterten KV-Connector suchen (Zeilen mit NIXL) und die Entscheidungen des Schedulers ansehen; VLLM_ADDITIONAL_ARGS beider Pools vergleichen.',
  },
};
