/** Why a field was refused; one entry of a Status' details. */
export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

/** A Kubernetes Status object of a failure, as the API server sends it. */
export interface FailureStatus {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure';
  message: string;
  reason: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code: number;
}

/** What names a resource in an error message. */
export interface GroupResource {
  group: string;
  plural: string;
}

/** An error that the Kubernetes API answers with its Status as the body and its code as HTTP status. */
export class ApiError extends Error {
  readonly status: FailureStatus;

  constructor(
    status: Pick<FailureStatus, 'message' | 'reason' | 'code'> &
      Partial<Pick<FailureStatus, 'details' | 'metadata'>>,
  ) {
    super(status.message);
    this.name = 'ApiError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: status.metadata ?? {},
      status: 'Failure',
      message: status.message,
      reason: status.reason,
      ...(status.details && { details: status.details }),
      code: status.code,
    };
  }
}

function qualified({ group, plural }: GroupResource): string {
  return group ? `${plural}.${group}` : plural;
}

function detailsOf({ group, plural }: GroupResource, name?: string) {
  return {
    ...(name && { name }),
    ...(group && { group }),
    kind: plural,
  };
}

export function notFound(resource: GroupResource, name: string): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(resource)} "${name}" not found`,
    details: detailsOf(resource, name),
  });
}

/** A path or a whole resource that this server does not have. */
export function pageNotFound(): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function alreadyExists(resource: GroupResource, name: string): ApiError {
  return new ApiError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(resource)} "${name}" already exists`,
    details: detailsOf(resource, name),
  });
}

export function conflict(
  resource: GroupResource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): ApiError {
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(
      resource,
    )} "${name}": ${why}`,
    details: detailsOf(resource, name),
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: 'BadRequest', message });
}

export function methodNotAllowed(): ApiError {
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export function forbidden(
  resource: GroupResource,
  name: string,
  why: string,
): ApiError {
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(resource)}${
      name && ` "${name}"`
    } is forbidden: ${why}`,
    details: detailsOf(resource, name),
  });
}

export function unauthorized(): ApiError {
  return new ApiError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

/** A resourceVersion or continue token that is older than what the server still holds. */
export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError({
    code: 410,
    reason: 'Expired',
    message,
    metadata: continueToken ? { continue: continueToken } : {},
  });
}

/** The API server's answer to an object that breaks its schema or rules (422). */
export function invalid(
  subject: { group: string; kind: string; name: string },
  causes: StatusCause[],
): ApiError {
  const kind = subject.group
    ? `${subject.kind}.${subject.group}`
    : subject.kind;
  const lines = causes.map(cause =>
    cause.field ? `${cause.field}: ${cause.message}` : cause.message,
  );
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${kind} "${subject.name}" is invalid: ${
      lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
    }`,
    details: {
      name: subject.name,
      ...(subject.group && { group: subject.group }),
      kind: subject.kind,
      causes,
    },
  });
}
