import type { SamePlaces } from '../translation/flatten';
import type { remedyTexts } from './texts';

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
      'Es ließ sich nicht herausfinden, ob Sie ihn ändern können: „{{message}}“',
  },
  nobody: 'die Verantwortlichen',
};
