/** The English texts of "Verify PD". */
export const verifyMessages = {
  action: 'Verify PD',
  title: 'Verify that KV cache moves',
  does: 'One request goes through the service as a user’s would, and both pools are looked at before and after:',
  prompt:
    'a prompt of about 2,000 tokens that no cache knows, an answer of at most 8 tokens',
  endpoint: 'to {{url}}, model {{model}}',
  counters:
    'the counters of prefill and decode tell whether KV cache moved; no other traffic is touched',
  audited:
    'It is written to the audit log, and done at most once a minute per service.',
  run: 'Send the request',
  again: 'Verify again',
  cancel: 'Cancel',
  close: 'Close',
  running:
    'The request is on its way; then the pods are asked what they counted. This takes up to two minutes.',
  elapsed: '{{seconds}} s',
  stopped: 'The service is stopped: nobody would answer.',
  noEndpoint:
    'The status of the service names no endpoint and model that could be asked.',
  outcome: {
    Moved: 'KV cache moved from prefill to decode',
    NotMoved: 'KV cache did not move',
    Unknown: 'Nothing is proven',
  },
  explanation: {
    Moved: 'Prefill computed the prompt and decode fetched its KV cache.',
    NotMoved:
      'The request was answered, but decode fetched nothing and computed the prompt itself. The diagnosis below says more once there is traffic.',
    Unknown:
      'The request was answered, but the pods could not be measured before and after.',
  },
  number: {
    fabric: 'Over',
    moved: 'Moved',
    took: 'Transfer took',
    bandwidth: 'Bandwidth',
    transfers: 'Transfers',
    failed: 'Transfers that failed',
    external: 'Prompt tokens that came as KV cache',
    prefill: 'Prompt tokens at prefill, cached ones included',
    answered: 'Requests answered meanwhile',
    request: 'The request',
  },
  request: '{{tokens}} prompt tokens, answered in {{duration}}',
  requestOnly: 'answered in {{duration}}',
  othersCount:
    'Requests of others were answered in the same seconds; the numbers are of all of them.',
  unknown: 'not known',
  failed: {
    limited: 'Verified a moment ago',
    busy: 'The request was not answered',
    denied: 'Not allowed',
    other: 'Verifying failed',
  },
} as const;
