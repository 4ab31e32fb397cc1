import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { ListUnavailable } from '../states/ListUnavailable';
import { llmInferenceTranslationRef } from '../translation/translationRef';

/** The fleet was never read: not allowed, or the backend is away. */
export function FleetUnavailable({ error }: { error: Error }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <Container py="4">
      <ListUnavailable error={error} denied={t('fleet.denied')} />
    </Container>
  );
}
