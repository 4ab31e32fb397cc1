/** Things that a list or a watch should never bring, as JSON. */
export const MALFORMED_OBJECTS: readonly string[] = [
  '{"metadata":null}',
  '{"metadata":{"labels":{"a":1}}}',
  '7',
  'null',
  '["a"]',
  '{"metadata":{"name":"odd","namespace":"odd","labels":[1],"ownerReferences":"none","creationTimestamp":7},"spec":7,"status":{"conditions":"none","containerStatuses":{"a":1}}}',
];

/** A line of a watch that was cut in the middle. */
export const TORN_LINE = '{"type":"MODIFIED","object":{"metadata":{"na';
