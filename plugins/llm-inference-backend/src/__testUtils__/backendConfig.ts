/** Configuration of a portal that knows these clusters. */
export function backendConfig(clusters: Array<{ name: string; url: string }>) {
  return {
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(cluster => ({
            ...cluster,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'let-me-in',
          })),
        },
      ],
    },
  };
}
