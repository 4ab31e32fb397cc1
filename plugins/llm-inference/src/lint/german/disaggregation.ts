const MAY_COST = 'Zwei Pools kosten womöglich mehr, als sie bringen:';
const SHORT = 'Eingaben haben {{tokens}} Token (unter 2.000)';
const NO_RDMA = 'es gibt kein RDMA';
const SMALL = 'das Modell hat höchstens 3 Milliarden Parameter';

const UNLIKE = 'Die Pools passen nicht zueinander:';

const HANDOVER =
  'KV-Blöcke lassen sich nicht übergeben: Decode hat Tensorparallelität {{decode}}, Prefill {{prefill}}, und Decode braucht ein Vielfaches davon';

/** Prefill and decode, and what moves between them. */
export const disaggregationGerman = {
  'kv-connector-missing': {
    message:
      '{{poolName}}: Die Engine hat keinen KV-Connector. Der Dienst sähe bereit aus und rechnete jede Eingabe zweimal: Von Prefill nach Decode geht nichts.',
    'message/injected':
      '{{poolName}}: Die Engine nennt keinen KV-Connector; dieses KServe ergänzt NixlConnector von selbst.',
    fix: 'Die Umgebungsvariable VLLM_ADDITIONAL_ARGS von main auf "{{argument}}" setzen.',
  },
  'kv-role-mismatch': {
    'message/Connectors': `${UNLIKE} Decode verwendet {{decode}}, Prefill {{prefill}}.`,
    'message/Roles': `${UNLIKE} Decode ist {{decode}}, Prefill ist {{prefill}}.`,
    fix: 'In beiden Pools denselben Connector verwenden, kv_consumer in Decode und kv_producer in Prefill.',
  },
  'kv-both-deprecated': {
    message:
      'kv_both geht, ist mit NixlConnector aber veraltet (vLLM RFC 43807).',
    'message/single':
      'kv_both geht, ist mit NixlConnector aber veraltet (vLLM RFC 43807).',
    fix: '{{poolName}}: {{role}} schreiben.',
    'fix/single': 'Eine der beiden Rollen nennen.',
  },
  'kv-config-quoting': {
    'message/typographic':
      'Der Wert von {{argument}} hat typografische Anführungszeichen; für eine Shell und für JSON sind das keine.',
    'message/unquoted':
      'Der Wert von {{argument}} ist JSON ohne einfache Anführungszeichen: Das Startskript führt `eval` aus, und die Shell nimmt ihm seine Anführungszeichen.',
    'message/invalid': 'Der Wert von {{argument}} ist kein gültiges JSON.',
    fix: '{{flag}} \'{"…":"…"}\' schreiben, mit einfachen Anführungszeichen um das JSON.',
  },
  'shell-metacharacters': {
    message:
      '{{name}} hat an Stelle {{position}} ein Zeichen, auf das eine Shell reagiert ({{character}}). Das Startskript gibt diesen Text an `eval`: Er würde ausgeführt, oder der Befehl wäre kaputt.',
    'message/name':
      'Das Startskript setzt diesen Namen in einen Befehl ein, den eine Shell auswertet; er hat ein Zeichen, auf das eine Shell reagiert.',
    fix: 'Den Wert in einfache Anführungszeichen setzen, oder das Zeichen entfernen.',
    'fix/name': 'Nur Buchstaben, Ziffern und . _ - / : @ verwenden.',
  },
  'argument-duplicated': {
    message: '{{argument}} und {{field}} setzen beide dasselbe.',
    'message/controller':
      '{{argument}} setzt der Controller; ein zweites kommt ihm in die Quere.',
    fix: '{{argument}} entfernen; der Controller ergänzt es.',
    'fix/controller': '{{argument}} entfernen.',
  },
  'side-channel-host-unset': {
    message:
      '{{poolName}} setzt VLLM_NIXL_SIDE_CHANNEL_HOST nicht. vLLM sagt seinen Gegenstellen dann, es sei unter localhost zu finden, und kein Transfer beginnt.',
    'message/fixed':
      'VLLM_NIXL_SIDE_CHANNEL_HOST ist die feste Adresse {{value}} für alle Pods ({{poolName}}); jeder muss seine eigene nennen.',
    fix: 'VLLM_NIXL_SIDE_CHANNEL_HOST in beiden Pools aus valueFrom.fieldRef.fieldPath status.podIP setzen.',
  },
  'side-channel-port-clash': {
    message:
      'Beide Pools nutzen das Netz des Hosts und für den Side-Channel den Port {{port}}: Zwei ihrer Pods auf einem Knoten stoßen zusammen.',
    fix: 'Den Pools verschiedene Werte von VLLM_NIXL_SIDE_CHANNEL_PORT geben, oder hostNetwork entfernen.',
  },
  'sidecar-connector-mismatch': {
    message:
      'Der Routing-Sidecar spricht {{sidecar}}, aber die Engine verwendet {{connector}}.',
    fix: '--kv-connector={{wanted}} schreiben, oder den Sidecar dem Preset überlassen.',
  },
  'scheduler-missing': {
    message:
      'Ohne Scheduler wählt nichts einen Prefill-Pod: Prefill bleibt untätig.',
    'message/router':
      'Ohne Router hat der Dienst keine URL, und nichts schickt Prefill eine Anfrage.',
    fix: 'spec.router.scheduler: {} setzen, dazu route: {} und gateway: {}.',
  },
  'scheduler-profile-stale': {
    'message/profile':
      'Der Scheduler hat kein Profil `prefill` mit einem Handler dafür, er wählt also nie einen Prefill-Pod.',
    'message/renamed': '{{old}} ist der alte Name von {{now}}.',
    'message/off': 'nonCachedTokens 0 schaltet die Aufteilung ab.',
    'fix/profile':
      'Für die Vorgabe die Konfiguration entfernen, oder das Profil für die Aufteilung verwenden (disagg-profile-handler, Profile prefill und decode).',
    'fix/renamed': '{{now}} schreiben.',
    'fix/off':
      'always-disagg-pd-decider verwenden, um jede Anfrage aufzuteilen, oder eine Zahl über 0.',
  },
  'kv-parallelism-unsupported': {
    message: `${HANDOVER}.`,
    'message/unverified': `${HANDOVER}, außer das Modell hat Multi-Head Latent Attention.`,
    'message/state':
      'Dieses Modell hat Schichten mit einem Zustand fester Größe: Decode (tensor {{decode}}) und Prefill (tensor {{prefill}}) brauchen dieselbe Tensorparallelität.',
    fix: 'Prefill weniger Tensorparallelität und mehr Replikate geben, sodass Decode ein Vielfaches davon ist.',
    'fix/state': 'In beiden Pools dieselbe Tensorparallelität setzen.',
  },
  'kv-block-size': {
    message:
      'Die Blockgröße von Decode ({{decode}}) muss ein Vielfaches der von Prefill ({{prefill}}) sein.',
    'message/hybrid':
      'Ein hybrides Modell braucht in beiden Pools dieselbe Blockgröße; Decode hat {{decode}}, Prefill {{prefill}}.',
    fix: 'In beiden Pools --block-size {{decode}} setzen.',
  },
  'pools-inconsistent': {
    message:
      'Die Pools unterscheiden sich in {{setting}}: Decode hat {{decode}}, Prefill {{prefill}}. Ihre KV-Blöcke wären nicht verträglich.',
    'message/one':
      'Nur {{poolName}} setzt {{setting}} ({{value}}); ob die Vorgabe des anderen Pools dieselbe ist, lässt sich nicht sehen.',
    fix: 'In beiden Pools denselben Wert verwenden.',
    'fix/one': 'In beiden Pools denselben Wert setzen.',
  },
  'handshake-check-disabled': {
    message:
      'enforce_handshake_compat false verdeckt, dass Engines nicht zueinander passen; ihre Antworten können verfälscht sein.',
    fix: 'Entfernen, und stattdessen beide Pools gleich machen.',
  },
  'kv-load-policy-recompute': {
    message:
      'Mit kv_load_failure_policy recompute rechnet Decode Eingaben noch einmal, wenn ein Transfer scheitert; es leistet dann die Arbeit von Prefill.',
    fix: 'Nichts, wenn das gewollt ist; auf die Latenz von Decode achten.',
  },
  'lease-short': {
    message:
      'Prefill hebt KV-Blöcke nur {{lease}} s auf; ob Decode sie rechtzeitig holt, hängt von seiner Warteschlange ab.',
    'message/measured':
      'Prefill hebt KV-Blöcke nur {{lease}} s auf, weniger als das Doppelte der {{handover}} s, die eine Übergabe dauert.',
    fix: 'kv_lease_duration auf mindestens {{seconds}} setzen.',
  },
  'offloading-dropped': {
    message:
      'Die Engine hat eine eigene KV-Konfiguration, die für das Auslagern wird deshalb still verworfen.',
    fix: 'In beiden Pools MultiConnector mit NixlConnector und OffloadingConnector verwenden.',
  },
  'quantized-kv-scales': {
    message:
      '{{argument}} berechnet Skalen des KV-Caches im Betrieb; mit den Blöcken werden sie nicht übertragen.',
    fix: 'Einen Typ des KV-Caches mit festen Skalen (fp8) oder ohne (auto) verwenden.',
  },
  'encoder-decoder': {
    message: 'NixlConnector unterstützt keine Modelle mit Encoder und Decoder.',
    fix: 'Für dieses Modell spec.prefill entfernen.',
  },
  'disaggregation-not-worth-it': {
    'message/prompts': `${MAY_COST} ${SHORT}.`,
    'message/rdma': `${MAY_COST} ${NO_RDMA}.`,
    'message/small': `${MAY_COST} ${SMALL}.`,
    'message/prompts+rdma': `${MAY_COST} ${SHORT}, ${NO_RDMA}.`,
    'message/prompts+small': `${MAY_COST} ${SHORT}, ${SMALL}.`,
    'message/rdma+small': `${MAY_COST} ${NO_RDMA}, ${SMALL}.`,
    'message/prompts+rdma+small': `${MAY_COST} ${SHORT}, ${NO_RDMA}, ${SMALL}.`,
    fix: 'Vor der Entscheidung mit einem einzigen Pool vergleichen.',
  },
};
