import { InputError } from '@backstage/errors';

import { withoutService } from './retiredCatalogInfo';
import { retiredReadme } from './retiredReadme';
import { objectsOf, servicesIn } from './serviceFiles';
import type { ServiceSource, SourceFile } from './ServiceSource';

/** What a pull request does to the files of a service, so that the service goes. Paths of its folder. */
export interface Retirement {
  remove: SourceFile[];
  /** Files that stay, with other content. */
  rewrite: SourceFile[];
  /** Why files stay, and what no pull request can do: sentences for its text. */
  notes: string[];
}

const DEPLOYED = /^(base|overlays|gitops)\//;
const WORKFLOW = '.github/workflows/validate.yaml';
const PIPELINE = '.gitlab-ci.yml';

/**
 * Decides what of a service's folder has to go. A folder in a shared repository is the service and goes as a whole.
 * A repository of its own stays: what deploys, checks and registers the service goes, what people wrote and may want
 * to read does not, and its README says what happened.
 *
 * @param registered - whether the catalog holds the address of the entity's file itself, rather than finding the file
 * @throws InputError for a folder that is not that of this service alone
 */
export function planRetirement(
  source: ServiceSource,
  registered: boolean,
): Retirement {
  const { files, location, name } = source;
  const own = location.folder === '';
  assertFolderOf(source);
  const catalogFile = files.find(({ path }) => path === location.file);
  const keepsAddress = catalogFile !== undefined && (own || registered);
  const readme = files.find(({ path }) => path === 'README.md');
  const remove = files.filter(file =>
    own ? isDeployed(file) : !(keepsAddress && file === catalogFile),
  );
  return {
    remove,
    rewrite: [
      ...(keepsAddress ? [withoutService(catalogFile, source.entity)] : []),
      ...(own ? [retiredReadme(readme, name)] : []),
    ],
    notes: [
      ...(keepsAddress
        ? [
            `\`${location.file}\` stays, without the entities of the service: where the catalog has the address of the file registered, an address without a file would keep its entities for ever, with an error.`,
          ]
        : []),
      ...(own
        ? [
            '`README.md` says that the service is retired. Whatever else people wrote stays too; archive the repository when nobody needs it.',
          ]
        : []),
      ...controllerNotes(remove),
    ],
  };
}

function isDeployed({ path, content }: SourceFile): boolean {
  if (path !== PIPELINE) return DEPLOYED.test(path) || path === WORKFLOW;
  // A pipeline is one file for everything; with jobs of others in it, it is theirs.
  const [pipeline] = objectsOf(content);
  return (
    JSON.stringify(Object.keys(pipeline ?? {})) === '["validate manifests"]'
  );
}

/** A folder that holds something else too would lose it. */
function assertFolderOf({ files, location, name }: ServiceSource): void {
  const services = files.flatMap(({ path, content }) =>
    /\.ya?ml$/.test(path)
      ? servicesIn(content).map(service => ({ path, service }))
      : [],
  );
  const other = services.find(({ service }) => service !== name);
  if (other) {
    throw new InputError(
      `entityRef: ${location.url} also holds the LLM service '${other.service}' (${other.path}); remove the files of '${name}' by hand`,
    );
  }
  if (services.length === 0) {
    throw new InputError(
      `entityRef: ${location.url}, where its catalog file is, holds no LLMInferenceService '${name}'; remove its manifests where they are`,
    );
  }
  const astray = services.find(({ path }) => !DEPLOYED.test(path));
  if (location.folder === '' && astray) {
    throw new InputError(
      `entityRef: ${location.url} has '${name}' in ${astray.path} and not below base/ or overlays/; remove it by hand`,
    );
  }
}

/** GitOps controllers keep what runs when the folder that they follow is gone; their own object has to go too. */
function controllerNotes(removed: SourceFile[]): string[] {
  const controllers = removed
    .filter(({ path }) => path.startsWith('gitops/'))
    .flatMap(({ content }) => objectsOf(content))
    .flatMap(object => {
      const { kind, metadata } = (object ?? {}) as {
        kind?: string;
        metadata?: { name?: string; namespace?: string };
      };
      return kind && metadata?.name
        ? [`${kind} \`${metadata.namespace}/${metadata.name}\``]
        : [];
    });
  if (controllers.length === 0) {
    return [
      'Argo CD and Flux keep what runs when a folder that they were told by hand is gone. If an Application or a Kustomization was made by hand for this service, delete it too.',
    ];
  }
  return [
    `${controllers.join(
      ', ',
    )} goes with \`gitops/\` where a GitOps controller applies that folder. Where it was applied by hand, delete it by hand: the pods go with it, and not before.`,
  ];
}
