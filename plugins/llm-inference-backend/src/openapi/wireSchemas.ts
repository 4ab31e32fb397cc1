import { z } from 'zod/v4';
import { clusterList, clusterCapabilities } from './clusterSchemas';
import {
  serviceStatus,
  entityStatus,
  serviceList,
  servicesPage,
} from './serviceSchemas';
import { profileList, modelNumbers } from './modelSchemas';
import { transitionList, timeline } from './historySchemas';
import { serviceMetrics, verifyPdResult } from './metricsSchemas';
import {
  serviceManifest,
  validateResponse,
  validateRequest,
} from './manifestSchemas';
import { wireRegistry } from './wireRegistry';

const error = z
  .looseObject({
    error: z.looseObject({ name: z.string(), message: z.string() }),
  })
  .register(wireRegistry, { id: 'Error' });

/** The schema of every answer, by its name in the document. */
export const wireSchemas = {
  ClusterCapabilities: clusterCapabilities,
  ClusterList: clusterList,
  EntityStatus: entityStatus,
  Error: error,
  ModelNumbers: modelNumbers,
  ProfileList: profileList,
  ServiceList: serviceList,
  ServiceManifest: serviceManifest,
  ServiceMetrics: serviceMetrics,
  ServiceStatus: serviceStatus,
  ServicesPage: servicesPage,
  Timeline: timeline,
  TransitionList: transitionList,
  ValidateRequest: validateRequest,
  VerifyPdResult: verifyPdResult,
  ValidateResponse: validateResponse,
};
