import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceRequest } from '../ApiContext';

/** Completes and checks an object in the version of the request. @throws ApiError 400 or 422 */
export function checkObject(
  _request: ResourceRequest,
  object: KubeObject,
  _before?: KubeObject,
): KubeObject {
  return object;
}
