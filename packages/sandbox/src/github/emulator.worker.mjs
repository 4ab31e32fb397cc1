import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { createEmulator } from 'emulate';

// The emulator is an ES module that reports its public address, not the port
// it listens on. A worker thread lets CommonJS callers use it, ends with them
// whatever happens, and chooses the port itself.
const { port } = await new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(address));
  });
});

await createEmulator({
  service: 'github',
  hostname: '127.0.0.1',
  port,
  baseUrl: workerData.publicUrl,
  seed: workerData.seed,
});

parentPort.postMessage({ url: `http://127.0.0.1:${port}` });
