import {
  RiCheckLine,
  RiCloseLine,
  RiLoader4Line,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  RouterHealth,
  RouterPartHealth,
} from 'backstage-plugin-llm-inference-common';
import { Tone, ToneName } from '../look/Tone';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import styles from './RouterStrip.module.css';

const looks: Record<
  RouterPartHealth['state'],
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  Ready: { tone: 'positive', Icon: RiCheckLine },
  NotReady: { tone: 'negative', Icon: RiCloseLine },
  Progressing: { tone: 'announcement', Icon: RiLoader4Line },
  NotConfigured: { tone: 'neutral', Icon: RiSubtractLine },
  Unknown: { tone: 'neutral', Icon: RiQuestionLine },
};

/** The way a request takes, from the gateway to the scheduler that picks the pods. */
const PARTS = ['gateway', 'route', 'inferencePool', 'scheduler'] as const;

/** The parts that bring a request to the pools, each with its state. */
export function RouterStrip({ router }: { router: RouterHealth }) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  return (
    <div className={styles.strip} role="group" aria-label={t('router.title')}>
      <span className={styles.title}>{t('router.title')}</span>
      <ul className={styles.parts}>
        {PARTS.map(part => {
          const { state, reason } = router[part];
          const { tone, Icon } = looks[state];
          return (
            <Tone
              as="li"
              key={part}
              tone={tone}
              className={styles.part}
              data-state={state}
              title={reason}
            >
              <Icon aria-hidden className={styles.icon} />
              {t(`router.${part}`)}
              <span className={styles.state}>{t(`router.state.${state}`)}</span>
            </Tone>
          );
        })}
      </ul>
    </div>
  );
}
