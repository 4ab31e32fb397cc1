const READABLE = 'Wer das Repository lesen darf, kann es verwenden.';

/** Secrets, images and privileges. */
export const securityGerman = {
  'secret-inline': {
    'message/Hugging Face token': `Das Manifest enthält ein Token von Hugging Face. ${READABLE}`,
    'message/access token': `Das Manifest enthält ein Zugangstoken. ${READABLE}`,
    'message/password in a URL':
      'Das Manifest enthält ein Passwort in einer URL. Wer das Repository lesen darf, kann es verwenden.',
    'message/AWS access key':
      'Das Manifest enthält einen Zugangsschlüssel von AWS. Wer das Repository lesen darf, kann ihn verwenden.',
    'message/private key':
      'Das Manifest enthält einen privaten Schlüssel. Wer das Repository lesen darf, kann ihn verwenden.',
    'message/signed token': `Das Manifest enthält ein signiertes Token. ${READABLE}`,
    'message/Git token': `Das Manifest enthält ein Git-Token. ${READABLE}`,
    'message/API key':
      'Das Manifest enthält einen API-Schlüssel. Wer das Repository lesen darf, kann ihn verwenden.',
    'message/Slack token': `Das Manifest enthält ein Token von Slack. ${READABLE}`,
    'message/variable':
      'Der Wert von {{name}} steht im Manifest. Wer das Repository lesen darf, kann ihn verwenden.',
    'message/argument': 'Der Wert von {{flag}} steht im Manifest.',
    fix: 'Entfernen, bei der ausgebenden Stelle ungültig machen, und mit Namen aus einem Secret lesen (valueFrom.secretKeyRef).',
    'fix/argument':
      'Entfernen, und VLLM_API_KEY aus einem Secret setzen (valueFrom.secretKeyRef).',
  },
  'image-not-pinned': {
    message:
      '{{image}} ist durch ein Tag benannt, und das lässt sich verschieben.',
    'message/latest':
      '{{image}} kann bei jedem Abruf durch einen Knoten ein anderes Image sein: Die Pools laufen womöglich mit verschiedenen Versionen, deren KV-Blöcke nicht verträglich sind.',
    fix: 'Einen Digest festlegen (…@sha256:…), in beiden Pools denselben.',
  },
  'image-registry': {
    message: '{{image}} kommt aus keiner erlaubten Registry.',
    'message/none': '{{image}} kommt aus keiner erlaubten Registry.',
    fix: 'Ein Image aus {{registries}} verwenden.',
    'fix/none': 'Ein Image aus einer erlaubten Registry verwenden.',
  },
  'trust-remote-code': {
    message:
      'Die Engine führt Code aus dem Repository des Modells aus, mit Zugriff auf die GPU-Knoten.',
    fix: 'Ein Modell verwenden, das vLLM von sich aus unterstützt, oder eine gelesene Revision festlegen.',
  },
  'service-account': {
    message:
      'Das Token des Service-Accounts default wird eingehängt; eine Engine braucht es nicht.',
    fix: 'automountServiceAccountToken: false setzen, oder einen eigens dafür gemachten Service-Account nennen.',
  },
  privilege: {
    message: 'Mit {{field}} kann der Container seinen Knoten übernehmen.',
    'message/hostPath':
      'Ein Volume hostPath öffnet dem Pod die Dateien des Knotens.',
    fix: 'Entfernen; Engines brauchen es nicht.',
    'fix/hostPath': 'Einen PersistentVolumeClaim verwenden.',
  },
  'host-path-model': {
    message:
      'Das Modell wird aus {{source}} des Knotens gelesen, auf den der Pod gerade trifft.',
    fix: 'pvc:// oder den lokalen Modellcache von KServe verwenden.',
  },
};
