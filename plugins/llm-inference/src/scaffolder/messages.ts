import { SLO_PRESET_IDS } from 'backstage-plugin-llm-inference-common';
import { asSaid } from '../translation/asSaid';
import { adviceMessages } from './words/adviceMessages';
import { problemMessages } from './words/problemMessages';

/** The English texts of the form, by place. */
export const messages = {
  required: 'Required',
  refused: {
    noProfile: 'Choose a profile',
    model:
      "'{{uri}}' is not from a place that profile '{{profile}}' allows; it must start with {{allowed}}",
    takenInCatalog:
      "'{{name}}' is taken: the catalog has {{entity}}. Choose another name",
    takenInCluster:
      "'{{name}}' is taken: cluster '{{cluster}}' already runs {{service}}. Choose another name",
    owner: {
      missing: 'Organisation is missing',
      malformed:
        "Organisation: '{{value}}' may hold letters, digits, dots, dashes and underscores",
    },
    repo: {
      missing: 'Repository is missing',
      malformed:
        "Repository: '{{value}}' may hold letters, digits, dots, dashes and underscores",
    },
  },
  profile: {
    label: 'Profile',
    loading: 'Reading what is on offer…',
    failed: 'What is on offer cannot be read',
    empty: 'Nothing is on offer',
    emptyHint:
      "The platform team defines profiles in 'llmInference.profiles' of the portal's configuration.",
    rdma: 'KV cache over RDMA',
    tcp: 'KV cache over TCP',
    gpu: '{{memory}} GiB per GPU',
    cpu: 'no GPU',
    clusters: 'Clusters: {{clusters}}',
  },
  name: {
    label: 'Name',
    description:
      'Lower case letters, digits and dashes, starting with a letter. It becomes a part of the address.',
    count: '{{used}} of {{most}}',
    use: 'Use {{suggestion}}',
  },
  model: {
    uri: 'Model',
    uriDescription:
      'Where the weights are: hf://organisation/model, s3://bucket/path, pvc://claim/path or oci://registry/repository:tag',
    served: 'Name for clients',
    servedDescription:
      'What clients ask for. Taken from the model when left empty.',
    suggestions: 'Known models',
    weights: 'weights {{size}}',
    perToken: '{{size}} of KV cache per token',
  },
  pool: {
    prefill: 'Prefill',
    decode: 'Decode',
    prefillRole: 'Reads the prompts and fills the KV cache.',
    decodeRole: 'Receives the KV cache and writes the answers.',
    replicas: 'Replicas',
    replicasHint: 'At most {{most}}',
    tensor: 'GPUs per replica',
    tensorHint: 'The model is split over them (tensor parallelism).',
  },
  place: {
    cluster: 'Cluster',
    namespace: 'Namespace',
    chooseProfile: 'Choose a profile first.',
  },
  repository: {
    owner: 'Organisation',
    ownerHint: 'Organisation or user at {{host}} that will own the repository.',
    name: 'Repository',
    nameHint: 'It is created for this service and must not exist yet.',
  },
  impact: {
    now: 'Now',
    used_one: '{{count}} entity says that it uses this service',
    used_other: '{{count}} entities say that they use this service',
    unused: 'No entity says that it uses this service.',
    notFound: 'No cluster runs this service any more.',
    unseen: 'How it serves cannot be seen',
  },
  traffic: {
    running: 'Requests running',
    waiting: 'Requests waiting',
    requests: 'Requests per second',
    tokens: 'Tokens per second',
    measured: 'Measured {{at}}',
    notKnown: 'not known',
    busy: 'It is in use at this moment.',
    unknown: 'Whether it is in use at this moment is not known',
    why: {
      Off: "Nothing is measured in this cluster: the portal has no source for it in 'llmInference.metrics'.",
      Forbidden: "The portal may not read the metrics of the service's pods.",
      Unreadable: 'The metrics of its pods could not be read.',
      NotYet: 'Nothing was measured in the last minutes.',
    },
  },
  change: {
    prefillReplicas: 'Prefill replicas',
    decodeReplicas: 'Decode replicas',
    now_one: 'Now {{count}} replica',
    now_other: 'Now {{count}} replicas',
    most: 'at most {{most}} by profile {{profile}}',
    gpus: 'GPUs: {{each}} per replica, at most {{most}} for both pools',
    image: 'Image of both pools',
    imageHint:
      "By digest, registry/repository@sha256:…, or 'preset' for the one that KServe brings.",
    imagesOf: 'Profile {{profile}} allows what starts with {{images}}.',
    noImages: "Profile {{profile}} allows no image of one's own.",
    memory: 'Memory limit of both pools',
    memoryHint: 'For example 64Gi. Changing it replaces the pods.',
    memoryOf: 'Profile {{profile}} starts with {{limit}}.',
  },
  reason: {
    why: 'This change is to end {{cause}}. The pull request names it, with its evidence.',
    evidence: 'Evidence',
    leaveOut: 'Leave it out',
  },
  preview: {
    incomplete: 'Not complete yet',
    problems_one: '{{count}} thing to put right',
    problems_other: '{{count}} things to put right',
    ready: {
      shared: 'Ready for a pull request',
      own: 'Ready for a repository of its own',
    },
    readyHint_one:
      '{{count}} file, proved by the checks that run again when it is created.',
    readyHint_other:
      '{{count}} files, proved by the checks that run again when they are created.',
    refused: 'The checks refuse this service',
    size: 'Size',
    use: 'Typical use',
    noNumbers:
      'The numbers of this model are not known here, so nothing is estimated.',
    perReplica: 'One replica',
    weights: 'Weights per GPU',
    cache: 'Left for the KV cache per GPU',
    tokens: 'Tokens that fit',
    requests: 'Requests at once',
    transfer: 'Transfer of one prompt',
    fitsNot: 'does not fit',
    findings: 'Findings',
    noFindings: 'None',
    files: 'Files',
    file: 'File',
    copy: 'Copy file',
  },
  /** Kinds of use, as the core calls them. */
  use: asSaid(SLO_PRESET_IDS),
  problem: problemMessages,
  advice: adviceMessages,
} as const;
