#!/usr/bin/env node
/**
 * Fetches the CustomResourceDefinitions that tests validate against, from one commit of kserve/kserve, into
 * .cache/kserve-crds, and checks each by its sha256. Files that are there and right are not fetched again.
 *
 *   node scripts/fetch-kserve-crds.mjs [folder]
 *   export KSERVE_CRDS_DIR=$PWD/.cache/kserve-crds
 *
 * Without a network it says so and ends well: the checks against the real schemas are then skipped.
 * KSERVE_CRDS_UPSTREAM replaces https://raw.githubusercontent.com, for networks with a mirror.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = 'kserve/kserve';
const COMMIT = 'aaac4e294dae2c7b1aa1886447793f3aa1c30912';
const TIMEOUT_MS = 60_000;

/** Path in the repository and sha256 of each file. */
const FILES = {
  'config/crd/full/llmisvc/serving.kserve.io_llminferenceservices.yaml':
    'fbd625c2a2ac7b79e17c9763b7a0c4acf3cd3eaa99ebf0fab06db008785b35f3',
  'config/crd/full/llmisvc/serving.kserve.io_llminferenceserviceconfigs.yaml':
    '221d71dcdefec8415430c306d274293b8f566e0b316b110065ff8e6e6d441104',
  'test/crds/gateway-inference-extension.yaml':
    '32f0e091d4f4d0aa59521808e9b9387d7f2ea0c19891122940b1a88965acf595',
  'test/crds/gateway-inference-extension-v1alpha2pool.yaml':
    '92b134fce2656a5ed668cc346960f55d7ae0111917a956d0e322597febdf2507',
  'test/crds/gatewayapi_gateway.yaml':
    '7416e8300eb4d8c0a71a23445609075bbacbe8bc80104584b019cfe1ebe77c31',
  'test/crds/gatewayapi_gatewayclasses.yaml':
    '234ad4b2757ee1b3596a4187bb98df071c5bbdd9e1806f692f2dbf8387e6bef4',
  'test/crds/gatewayapi_httproute.yaml':
    '682203b109baecb18d38073a578f7bc2c17d22fe9b0c27bf030850abe014c370',
  'test/crds/leaderworkerset.x-k8s.io_leaderworkersets.yaml':
    '3d3c9fa16b06c40bc0a5bfa49e97d52b9df244797fdfd9fe6b5955febedf7545',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, '.cache', 'kserve-crds'));
const upstream =
  process.env.KSERVE_CRDS_UPSTREAM ?? 'https://raw.githubusercontent.com';

const sha256 = content => createHash('sha256').update(content).digest('hex');

async function isThere(file, checksum) {
  try {
    return sha256(await readFile(file)) === checksum;
  } catch (error) {
    if (error.code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** What keeps a fetch from reaching the upstream at all, as against a wrong answer of it. */
class Unreachable extends Error {}

async function download(path) {
  const url = `${upstream}/${REPOSITORY}/${COMMIT}/${path}`;
  let response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new Unreachable(
      `${url}: ${error.cause?.message || error.message || error}`,
    );
  }
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return Buffer.from(await response.arrayBuffer());
}

async function main() {
  await mkdir(folder, { recursive: true });
  let fetched = 0;
  for (const [path, checksum] of Object.entries(FILES)) {
    const file = join(folder, path.split('/').at(-1));
    if (await isThere(file, checksum)) {
      continue;
    }
    const content = await download(path);
    const found = sha256(content);
    if (found !== checksum) {
      throw new Error(
        `${path} has sha256 ${found}, but ${checksum} was expected`,
      );
    }
    // Renamed when whole, so that nobody reads half a file.
    await writeFile(`${file}.part`, content);
    await rename(`${file}.part`, file);
    fetched += 1;
  }
  console.log(
    `${folder}: ${fetched} files fetched, ${
      Object.keys(FILES).length - fetched
    } were there. Tests use them with KSERVE_CRDS_DIR=${folder}`,
  );
}

try {
  await main();
} catch (error) {
  if (error instanceof Unreachable) {
    console.log(
      `The KServe schemas could not be fetched (${error.message}): checks against them are skipped.`,
    );
  } else {
    console.error(error.message);
    process.exitCode = 1;
  }
}
