import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

export const needsAttentionWidget = HomePageWidgetBlueprint.make({
  name: 'needs-attention',
  params: {
    name: 'LlmServicesNeedAttention',
    title: 'LLM services that need attention',
    description:
      'LLM services of your teams that do not serve as they were asked to, worst first.',
    layout: { width: { minColumns: 4 }, height: { minRows: 3 } },
    components: () =>
      import('../home/NeedsAttention').then(m => ({
        Content: m.NeedsAttention,
      })),
  },
});
