/** A handshake between two engines that failed, whatever the reason. */
export const HANDSHAKE_FAILED =
  /NIXL transfer failure: (handshake_setup_failed|handshake_failed)/i;

/** The same in vLLM before it gave its failures a type and a context. */
export const OLDER_HANDSHAKE_FAILED =
  /\bHandshake (?:with \S+ failed|failed for request)/;

/** What the network says where a handshake got no answer; it follows in the traceback. */
export const UNANSWERED =
  /zmq\.error\.Again|timed out|Connection refused|No route to host/i;

/** Refusals because the engines are not alike. */
export const INCOMPATIBLE = [
  /NIXL compatibility hash mismatch/i,
  /Failed to decode NixlHandshakePayload/i,
  /Remote P worker KV layer cache must be of shape/i,
];
