import { Container, ContainerStatus, Pod, TerminatedState } from '../kinds';
import { digest } from '../names';

/** Status of a container that nothing has happened to yet. */
export function waitingStatus(
  container: Container,
  reason: string,
): ContainerStatus {
  return {
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: { reason } },
    lastState: {},
  };
}

/** The digest that a registry answers for an image: the one it is pinned to, or its own. */
export function imageId(image: string): string {
  const [name, pinned] = image.split('@');
  const tagAt = name.lastIndexOf(':');
  const repository =
    tagAt > name.lastIndexOf('/') ? name.slice(0, tagAt) : name;
  return `${repository}@${pinned ?? `sha256:${digest(image)}`}`;
}

/** Identifier of one run of a container. */
export function containerId(pod: Pod, container: string, run: number): string {
  return `containerd://${digest(`${pod.metadata.uid}/${container}/${run}`)}`;
}

/** How long the kubelet waits before it starts a container again: 10 s, doubled up to 5 min. */
export function backOffSeconds(restarts: number): number {
  return Math.min(300, 10 * 2 ** restarts);
}

/** A duration as Go prints it: `10s`, `2m40s`. */
export function goDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes ? `${minutes}m` : ''}${seconds % 60}s`;
}

/** The last of a log, as much as a terminated state keeps: 80 lines or 2048 bytes. */
export function terminationMessage(
  container: Container,
  exitCode: number,
  lines: string[],
): Pick<TerminatedState, 'message'> {
  if (
    container.terminationMessagePolicy !== 'FallbackToLogsOnError' ||
    exitCode === 0 ||
    lines.length === 0
  ) {
    return {};
  }
  const text = `${lines.slice(-80).join('\n')}\n`;
  return { message: Buffer.from(text).subarray(-2048).toString('utf8') };
}
