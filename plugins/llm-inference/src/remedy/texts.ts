/** The English texts of remedies. */
export const remedyTexts = {
  open: 'Open a pull request with this change',
  checking: 'Looking whether you can change it…',
  change: {
    prefillReplicas: 'Prefill replicas: {{value}}',
    decodeReplicas: 'Decode replicas: {{value}}',
    image: 'Image of both pools: {{value}}',
    memoryLimit: 'Memory limit of both pools: {{value}}',
    maxModelLength: 'Longest request: {{value}} tokens',
    startupBudgetSeconds: 'Time to start of both pools: {{value}} seconds',
    rdmaResource: 'RDMA resource of both pools: as the profile says',
    kvRoles: 'KV roles: prefill produces, decode consumes',
    sideChannelHost:
      'Address for the handshake of both pools: the one of each pod',
  },
  closed: {
    noScaffolder:
      'This portal has no page for software templates, so the change must be made in Git.',
    noTemplate:
      'The template that changes a service is not in the catalog, or you may not see it.',
    notAllowed:
      'You may not run software templates. Ask the owner of the portal for it.',
    notInGit:
      'The entity does not come from a file in Git, so there is nothing to open a pull request against.',
    notOwner:
      'Only the owners of the service may change it. Ask {{owners}} for it.',
    failed: 'It could not be found out whether you can change it: {{message}}',
  },
  nobody: 'its owner',
} as const;
