/** Somebody names a fault or a service that does not exist. */
export class UnknownError extends Error {}
