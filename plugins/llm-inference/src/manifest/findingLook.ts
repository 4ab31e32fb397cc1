import {
  RiAlertFill,
  RiCloseCircleFill,
  RiInformationFill,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import type { FindingLevel } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';

/** Tone and icon of every level of a finding. */
export const findingLook: Record<
  FindingLevel,
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  error: { tone: 'negative', Icon: RiCloseCircleFill },
  warning: { tone: 'warning', Icon: RiAlertFill },
  info: { tone: 'announcement', Icon: RiInformationFill },
};
