/** A handshake between two engines that failed, whatever the reason. */
export const HANDSHAKE_FAILED =
  /NIXL transfer failure: (handshake_setup_failed|handshake_failed)/i;

/** Refusals because the engines are not alike. */
export const INCOMPATIBLE = [
  /NIXL compatibility hash mismatch/i,
  /Failed to decode NixlHandshakePayload/i,
  /Remote P worker KV layer cache must be of shape/i,
];
