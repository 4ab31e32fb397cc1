/** What keeps placed pods from their network, image or model. */
export const startingGerman = {
  'network-attachment-missing': {
    title: 'Das Network-Attachment {{attachment}} fehlt in {{namespace}}',
    explanation:
      'Die Pods verlangen in der Annotation k8s.v1.cni.cncf.io/networks das Network-Attachment {{attachment}}, und der Namespace {{namespace}} hat keines dieses Namens.',
    remedy:
      'Die NetworkAttachmentDefinition {{attachment}} im Namespace {{namespace}} anlegen (mit einem SR-IOV-Operator: networkNamespace am SriovNetwork setzen), oder in k8s.v1.cni.cncf.io/networks eine vorhandene als namespace/name nennen: unter metadata.annotations für beide Pools, unter {{spec}}.annotations für diesen.',
  },
  'secondary-network-failed': {
    title: 'Das zusätzliche Netzwerk ließ sich nicht verbinden',
    'title/network': 'Das Netzwerk {{network}} ließ sich nicht verbinden',
    explanation:
      'Das zweite Netzwerk des Pods ließ sich auf diesem Knoten nicht verbinden; das zitierte Ereignis sagt, warum.',
    remedy:
      'Dem zitierten Grund nachgehen: Üblich sind eine fehlende freie Virtual Function, der Name der Elternschnittstelle, deviceType und spoofChk der SR-IOV-Policy.',
  },
  'secondary-network-ip-exhausted': {
    title: 'Im RDMA-Netz ist keine IP-Adresse frei',
    explanation:
      'Der Adressbereich des zusätzlichen Netzwerks ist aufgebraucht. Auch nie zurückgegebene Reservierungen zählen.',
    remedy:
      'Den Bereich unter ipam im Network-Attachment vergrößern oder alte Reservierungen entfernen (whereabouts: die Objekte IPPool und OverlappingRangeIPReservation).',
  },
  'cni-plugin-missing': {
    title: 'Dem Knoten fehlt das CNI-Plugin {{plugin}}',
    explanation:
      'Das Netzwerk braucht das Programm {{plugin}}, und der Knoten hat es nicht.',
    remedy:
      'Das CNI-Plugin {{plugin}} auf den betroffenen Knoten installieren, in {{paths}}.',
    'remedy/node':
      'Das CNI-Plugin {{plugin}} auf dem Knoten {{node}} installieren, in {{paths}}.',
  },
  'sandbox-stuck': {
    title: 'Der Pod bekommt seit {{minutes}} Minuten kein Netzwerk',
    explanation:
      'Die Pods haben einen Knoten, aber der richtet ihr Netzwerk nicht ein, und kein Ereignis sagt, warum.',
    remedy: 'Die CNI-Protokolle und den Kubelet des Knotens ansehen.',
    'remedy/node':
      'Die CNI-Protokolle und den Kubelet des Knotens {{node}} ansehen.',
  },
  'rdma-device-not-attached': {
    title: 'Die RDMA-Schnittstelle fehlt im Pod',
    explanation:
      'Die Pods verlangen ein RDMA-Gerät und ein zusätzliches Netzwerk, aber nur das Cluster-Netz ist verbunden. KV-Blöcke laufen dann darüber, oder gar nicht.',
    remedy:
      'Prüfen, ob die Annotation k8s.v1.cni.cncf.io/networks auf der richtigen Ebene steht (metadata.annotations oder {{spec}}.annotations) und ob Ressource und Netzwerk zum selben Device-Plugin gehören: rdma/roce_gdr und openshift.io/<name> sind verschiedene.',
  },
  'image-pull-unauthorized': {
    title: 'Die Registry verweigert das Image',
    explanation:
      'Die Registry verlangt Zugangsdaten für {{image}} oder nimmt die gegebenen nicht an. Docker Hub antwortet ebenso, wenn es ein Repository nicht gibt.',
    'explanation/registry':
      'Die Registry {{registry}} verlangt Zugangsdaten für {{image}} oder nimmt die gegebenen nicht an.',
    remedy:
      '{{template}}.imagePullSecrets dieses Pools setzen (die Pools erben nicht voneinander) oder das Secret ihrem ServiceAccount geben.',
  },
  'image-not-found': {
    title: 'Das Image gibt es nicht',
    explanation: 'Die Registry hat {{image}} nicht: Name oder Tag ist falsch.',
    remedy:
      '{{field}}.image berichtigen, am besten mit Digest und in beiden Pools gleich.',
  },
  'image-rate-limited': {
    title: 'Die Registry begrenzt die Zahl der Downloads',
    explanation:
      'Die Registry beantwortet nur eine bestimmte Zahl von Downloads je Stunde und Adresse oder Konto, und die ist erreicht.',
    remedy:
      'Einen Spiegel der Registry verwenden oder mit Zugangsdaten laden ({{template}}.imagePullSecrets).',
  },
  'image-pull-failed': {
    title: 'Das Image lässt sich nicht laden',
    explanation:
      'Das Laden von {{image}} scheitert, auf dem Weg zur Registry oder am Knoten (Namensauflösung, Zertifikat, Zeitüberschreitung, Platte).',
    remedy:
      'Dem zitierten Grund nachgehen; vom Knoten aus prüfen, ob er die Registry erreicht und Platz auf der Platte hat.',
    'remedy/registry':
      'Dem zitierten Grund nachgehen; vom Knoten aus prüfen, ob er {{registry}} erreicht und Platz auf der Platte hat.',
  },
  'config-reference-missing': {
    title: 'Ein Schlüssel fehlt: {{key}} ({{kind}})',
    'title/name': '{{kind}} {{name}} fehlt',
    explanation:
      'Ein Container bezieht sich auf {{kind}} {{name}}, und das gibt es in diesem Namespace nicht. Oft ist es das Token für Hugging Face.',
    'explanation/key':
      'Ein Container bezieht sich auf den Schlüssel {{key}} ({{kind}}), und den gibt es in diesem Namespace nicht. Oft ist es das Token für Hugging Face.',
    remedy:
      '{{kind}} mit dem genannten Namen und Schlüssel in diesem Namespace anlegen oder den Namen berichtigen, wo er verwendet wird.',
    'remedy/kind=Secret':
      'Das Secret mit dem genannten Namen und Schlüssel in diesem Namespace anlegen, von Hand und nie in Git, oder den Namen berichtigen, wo er verwendet wird.',
  },
  'model-access-denied': {
    title: 'Der Zugriff auf das Modell wird verweigert',
    explanation:
      'Es wurde kein Token gegeben, es gilt nicht, oder sein Konto hat die Lizenz des Modells nicht angenommen. Ohne Token sieht ein privates Repository aus, als gäbe es es nicht.',
    remedy:
      'Die Lizenz mit dem Konto des Tokens annehmen und HF_TOKEN in einem Secret bereitstellen, das der ServiceAccount des Pods (oder die Konfiguration des Storage-Containers) an storage-initializer gibt. Eine Variable am Container main allein erreicht den Download nicht.',
  },
  'model-not-found': {
    title: 'Das Modell gibt es nicht',
    explanation:
      'Repository, Revision, Bucket oder Pfad in spec.model.uri gibt es nicht, oder das Schema wird nicht unterstützt.',
    'explanation/uri':
      'Repository, Revision, Bucket oder Pfad in spec.model.uri ({{uri}}) gibt es nicht, oder das Schema wird nicht unterstützt.',
    remedy:
      'spec.model.uri berichtigen: hf://<organisation>/<repository>[:revision], s3://, pvc:// oder oci://.',
  },
  'model-storage-full': {
    title: 'Kein Platz mehr für das Modell',
    explanation:
      'Das Modell ist größer als der Platz, den Knoten oder Volume des Pods dafür haben. Jeder Pod lädt seine eigene Kopie.',
    remedy:
      'Mehr ephemeral-storage in {{template}} anfordern, Knoten mit größeren Platten verwenden, oder besser: das Modell auf ein Volume (spec.model.uri: pvc://…) oder in einen Modell-Cache legen.',
  },
  'model-download-slow': {
    title: 'Das Modell lädt seit {{minutes}} Minuten',
    explanation:
      'Der Download läuft noch. Jeder Pod lädt seine eigene Kopie, die Pods beider Pools teilen sich also die Verbindung.',
    remedy:
      'Das Modell auf ein Volume (spec.model.uri: pvc://…), in ein Image (oci://…) oder in einen lokalen Modell-Cache legen.',
  },
  'model-download-failed': {
    title: 'Das Modell lässt sich nicht laden',
    explanation:
      'Der Init-Container storage-initializer endet mit einem Fehler, der weder Zugriff noch Namen noch Platz betrifft.',
    'explanation/code':
      'Der Init-Container storage-initializer endet mit Exit-Code {{code}}; der Fehler betrifft weder Zugriff noch Namen noch Platz.',
    remedy:
      'Dem zitierten Text nachgehen; vom Cluster aus prüfen, ob die Quelle von spec.model.uri erreichbar ist (Proxy, Zertifikat, DNS).',
  },
};
