import { z } from 'zod/v4';

/** The schemas that the OpenAPI document names; apart from any other schema in the process. */
export const wireRegistry = z.registry<{ id: string }>();
