const MEANT =
  '{{poolName}} soll RDMA nutzen ({{sign}}), fordert aber kein RDMA-Gerät an';

/** RDMA, UCX and secondary networks. */
export const networkGerman = {
  'extended-resource-invalid': {
    'message/noLimit':
      '{{resource}} steht nur unter requests: unter limits dieselbe Zahl setzen.',
    'message/noInteger':
      '{{resource}} muss eine ganze Zahl sein, aber das Limit ist {{limit}}.',
    'message/unequal':
      '{{resource}} hat als Limit {{limit}}, aber als Request {{request}}: Beide müssen gleich sein.',
    fix: 'Unter limits und requests dieselbe ganze Zahl von {{resource}} setzen.',
  },
  'rdma-not-requested': {
    message: `${MEANT}.`,
    'message/fails': `${MEANT}; ohne tcp in UCX_TLS scheitern die Transfers.`,
    'message/other':
      '{{poolName}} fordert kein RDMA-Gerät an, der andere Pool schon.',
    fix: 'In beiden Pools die RDMA-Ressource des Clusters (etwa rdma/roce_gdr: 1) unter limits und requests anfordern.',
  },
  'rdma-resource-per-gpu': {
    message:
      '{{gpus}} GPUs teilen sich {{count}} von {{resource}}, das Geräte zählt.',
    fix: 'Für jede GPU eines anfordern, wo der Knoten so viele hat; bei einem Plugin, das Anteile zählt, genügt 1.',
  },
  'rdma-resource-names-differ': {
    message:
      'Decode fordert {{decode}} an und Prefill {{prefill}}: zwei Device-Plugins, vielleicht zwei Netze ohne Verbindung.',
    fix: 'In beiden Pools dieselbe Ressource anfordern, oder sicherstellen, dass die Netze eines sind.',
  },
  'ucx-transports-misconfigured': {
    'message/NoNetwork':
      '{{poolName}}: UCX_TLS={{list}} hat weder einen RDMA-Transport (rc, dc) noch tcp, die Pods erreichen einander also nicht.',
    'message/NoRdma':
      '{{poolName}}: UCX_TLS={{list}} hat keinen RDMA-Transport (rc oder dc), KV-Blöcke laufen also über TCP.',
    'message/NoGpuTransport':
      '{{poolName}}: UCX_TLS={{list}} hat keinen Transport für GPU-Speicher (cuda_copy, oder rocm_copy bei AMD).',
    'message/TcpFallback':
      '{{poolName}}: UCX_TLS={{list}} nennt tcp neben RDMA, ein gestörtes Netz fällt also still auf TCP zurück.',
    'message/MissesAuxiliary':
      '{{poolName}}: UCX_TLS={{list}} nennt nur eine rc-Variante, ohne ud für den Verbindungsaufbau; rc schreiben.',
    'message/otherVendor':
      '{{poolName}}: UCX_TLS={{list}} hat keinen Transport für den Speicher von NVIDIA-GPUs.',
    'message/allowsTcp':
      '{{poolName}}: UCX_TLS={{list}} lässt TCP zu, ein gestörtes Netz fällt also still darauf zurück.',
    'message/lacks':
      '{{poolName}}: UCX_TLS={{list}} fehlt {{lacks}}, für Transfers in einem Pod und auf einem Knoten.',
    'message/unset':
      '{{poolName}} setzt UCX_TLS nicht: Wo RDMA nicht geht, fallen Transfers still auf TCP zurück.',
    fix: '{{recommended}} schreiben.',
    'fix/unset': 'Auf {{recommended}} setzen.',
  },
  'ucx-amd-mixed': {
    message: 'UCX_TLS nennt {{transports}}, aber die GPUs sind von AMD.',
    fix: '{{recommended}} schreiben.',
  },
  'efa-needs-libfabric': {
    message:
      '{{poolName}} fordert {{resource}} an, das NIXL nur über LIBFABRIC erreicht; das Backend ist hier {{backends}}.',
    'message/transports': 'UCX_TLS nennt Transporte, die EFA nicht hat.',
    fix: 'kv_connector_extra_config.backends auf ["LIBFABRIC"] setzen und UCX_TLS entfernen.',
    'fix/transports': 'UCX_TLS entfernen.',
  },
  'ucx-net-devices': {
    'message/ethernet':
      'UCX_NET_DEVICES nennt {{device}}, eine Ethernet-Schnittstelle: Das erzwingt TCP.',
    'message/port': 'UCX_NET_DEVICES nennt {{device}} ohne einen Port.',
    'message/inferRoce':
      'UCX_NET_DEVICES gilt vor der Liste, die KSERVE_INFER_ROCE findet.',
    'fix/ethernet':
      'Entfernen, oder den Adapter mit seinem Port nennen, zum Beispiel mlx5_0:1.',
    'fix/port': '{{device}}:1 schreiben (nur NCCL_IB_HCA steht ohne).',
    'fix/inferRoce': 'Eines von beiden entfernen, außer es ist so gemeint.',
  },
  'infer-roce-not-applicable': {
    message:
      'KSERVE_INFER_ROCE findet nur mlx5-Adapter mit RoCE; {{resource}} sieht nach einem anderen Netz aus.',
    'message/value':
      'KSERVE_INFER_ROCE ist {{value}}; nur der genaue Text true schaltet es ein.',
    fix: 'KSERVE_INFER_ROCE entfernen, und UCX_NET_DEVICES setzen, wo UCX Hilfe braucht.',
    'fix/value': '"true" schreiben, oder entfernen.',
  },
  'network-annotation-location': {
    'message/template':
      'Ein Template ist eine Pod-Spec ohne Metadaten; die Annotation wird hier verworfen.',
    'message/both':
      '{{poolName}} hängt {{own}} an und überschreibt damit {{general}} aus metadata.annotations.',
    'message/one':
      'Nur {{poolName}} hängt ein Netz an; der andere Pool hat keines.',
    fix: 'Nach metadata.annotations verschieben, für beide Pools.',
    'fix/both': 'Die Annotation an einer einzigen Stelle behalten.',
  },
  'network-attachment-form': {
    message: 'Multus kann diese Liste von Netzen nicht lesen.',
    fix: 'name, namespace/name oder name@interface schreiben, mehrere mit Kommas, oder ein JSON-Array von Objekten mit einem name.',
  },
  'sriov-network-missing': {
    message:
      '{{poolName}} fordert {{resource}} an, aber ohne Network-Attachment wird die virtuelle Funktion nicht mit dem Pod verbunden.',
    fix: 'Die NetworkAttachmentDefinition in metadata.annotations["k8s.v1.cni.cncf.io/networks"] nennen.',
  },
  'ipc-lock': {
    message:
      '{{what}} wird abgelehnt, wo der Namespace Pod-Sicherheit durchsetzt, und Capabilities bewirken für andere als root nichts.',
    fix: 'Entfernen. Für gesperrten Speicher LimitMEMLOCK der Container-Runtime auf den Knoten anheben.',
  },
  'anti-affinity-missing': {
    message:
      'Pods beider Pools dürfen auf demselben Knoten stehen, wo der KV-Cache nicht durch das RDMA-Netz geht (NVLink geht nicht zwischen Pods).',
    'message/efa':
      'Pods beider Pools dürfen auf demselben Knoten stehen; über EFA darf das nicht sein.',
    fix: 'In Decode Anti-Affinität zu app.kubernetes.io/component={{component}} über kubernetes.io/hostname bevorzugen, und umgekehrt in Prefill.',
    'fix/efa':
      'In Decode Anti-Affinität zu app.kubernetes.io/component={{component}} über kubernetes.io/hostname verlangen, und umgekehrt in Prefill.',
  },
  'anti-affinity-label': {
    message: 'Der Selector ({{values}}) trifft keinen Pod dieses Dienstes.',
    'message/role':
      'Kein Pod dieses Dienstes hat {{label}}={{values}}; der Selector trifft nichts.',
    fix: 'Nach app.kubernetes.io/component auswählen, eines von: {{components}}.',
  },
  'side-channel-network-policy': {
    message:
      'Wo NetworkPolicies den Namespace einschränken, brauchen die Pools untereinander TCP {{port}} (plus den Data-Parallel-Rang), 8000 und 8001. RDMA selbst geht an NetworkPolicies vorbei.',
    fix: 'Eine NetworkPolicy ergänzen, die diese Ports zwischen den Pods dieses Dienstes erlaubt.',
  },
};
