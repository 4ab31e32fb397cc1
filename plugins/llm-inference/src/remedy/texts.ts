import type { SamePlaces } from '../translation/flatten';

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

/** The German texts of remedies. */
export const remedyGerman: SamePlaces<typeof remedyTexts> = {
  open: 'Pull-Request mit dieser Änderung öffnen',
  checking: 'Es wird nachgesehen, ob Sie es ändern können …',
  change: {
    prefillReplicas: 'Prefill-Replikate: {{value}}',
    decodeReplicas: 'Decode-Replikate: {{value}}',
    image: 'Image beider Pools: {{value}}',
    memoryLimit: 'Speichergrenze beider Pools: {{value}}',
    maxModelLength: 'Längste Anfrage: {{value}} Token',
    startupBudgetSeconds: 'Zeit zum Start beider Pools: {{value}} Sekunden',
    rdmaResource: 'RDMA-Ressource beider Pools: wie das Profil sagt',
    kvRoles: 'KV-Rollen: Prefill erzeugt, Decode verbraucht',
    sideChannelHost:
      'Adresse für den Handschlag beider Pools: die jedes Pods selbst',
  },
  closed: {
    noScaffolder:
      'Dieses Portal hat keine Seite für Softwarevorlagen; die Änderung muss in Git gemacht werden.',
    noTemplate:
      'Die Vorlage, die einen Dienst ändert, ist nicht im Katalog, oder Sie dürfen sie nicht sehen.',
    notAllowed:
      'Sie dürfen keine Softwarevorlagen ausführen. Bitten Sie die Betreuer des Portals darum.',
    notInGit:
      'Die Entität kommt nicht aus einer Datei in Git; es gibt nichts, wogegen ein Pull-Request geöffnet werden könnte.',
    notOwner:
      'Nur wem der Dienst gehört, darf ihn ändern. Bitten Sie {{owners}} darum.',
    failed:
      'Es ließ sich nicht herausfinden, ob Sie ihn ändern können: {{message}}',
  },
  nobody: 'die Verantwortlichen',
};
