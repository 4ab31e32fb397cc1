import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiFileUnknowFill,
  RiProgress5Fill,
  RiQuestionFill,
  RiStopCircleFill,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import type { Verdict } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from './Tone';

/** Tone and icon of every verdict. No two verdicts share an icon. */
export const verdictLook: Record<
  Verdict,
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  Healthy: { tone: 'positive', Icon: RiCheckboxCircleFill },
  Stopped: { tone: 'neutral', Icon: RiStopCircleFill },
  Progressing: { tone: 'announcement', Icon: RiProgress5Fill },
  Unknown: { tone: 'neutral', Icon: RiQuestionFill },
  Degraded: { tone: 'warning', Icon: RiAlertFill },
  Missing: { tone: 'negative', Icon: RiFileUnknowFill },
  Unavailable: { tone: 'negative', Icon: RiCloseCircleFill },
};
