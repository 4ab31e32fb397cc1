import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import type { Traffic } from 'backstage-plugin-llm-inference-common';
import { useSaid } from '../../cause/useSaid';
import { useFormat } from '../../elements/useFormat';
import { VerdictLabel } from '../../look/VerdictLabel';
import { llmInferenceScaffolderTranslationRef } from '../translationRef';
import type { ServiceUse as Use } from './readImpact';
import styles from './ServiceUse.module.css';

/** How one service serves, and what it does for its users at the moment. */
export function ServiceUse({ use }: { use: Use }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const said = useSaid();
  const { service, health, traffic } = use;
  return (
    <section aria-label={service.cluster}>
      <Flex direction="column" gap="2">
        <Flex align="center" gap="3">
          <Text weight="bold">{service.cluster}</Text>
          <VerdictLabel verdict={health.verdict} size="small" />
        </Flex>
        <Text color="secondary">{said.summary(health)}</Text>
        {typeof traffic === 'string' && (
          <Alert
            status={traffic === 'Forbidden' ? 'warning' : 'info'}
            icon
            title={t('traffic.unknown')}
            description={t(`traffic.why.${traffic}`)}
          />
        )}
        {typeof traffic === 'object' && 'failed' in traffic && (
          <Alert
            status="warning"
            icon
            title={t('traffic.unknown')}
            description={said.error(traffic.failed)}
          />
        )}
        {typeof traffic === 'object' && 'at' in traffic && (
          <Numbers traffic={traffic} />
        )}
      </Flex>
    </section>
  );
}

function Numbers({ traffic }: { traffic: Traffic }) {
  const { t } = useTranslationRef(llmInferenceScaffolderTranslationRef);
  const format = useFormat();
  const { at, running, waiting, requestsPerSecond, tokensPerSecond } = traffic;
  const busy = [running, waiting, requestsPerSecond].some(value => value);
  const numbers = [
    [t('traffic.running'), running],
    [t('traffic.waiting'), waiting],
    [t('traffic.requests'), requestsPerSecond],
    [t('traffic.tokens'), tokensPerSecond],
  ] as const;
  return (
    <>
      <dl className={styles.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name} className={styles.number}>
            <dt>{name}</dt>
            <dd>
              {value === undefined
                ? t('traffic.notKnown')
                : format.figure(value)}
            </dd>
          </div>
        ))}
      </dl>
      <Text variant="body-small" color="secondary">
        {t('traffic.measured', { at: format.fullMoment(at) })}
      </Text>
      {busy && <Alert status="warning" icon title={t('traffic.busy')} />}
    </>
  );
}
