import {
  RiCloseCircleFill,
  RiAlertFill,
  RiInformationFill,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import type { Severity } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';

/** Tone and icon of every severity. */
export const severityLook: Record<
  Severity,
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  Critical: { tone: 'negative', Icon: RiCloseCircleFill },
  Warning: { tone: 'warning', Icon: RiAlertFill },
  Info: { tone: 'announcement', Icon: RiInformationFill },
};
