import {
  RiGitBranchLine,
  RiGitCommitLine,
  RiGitPullRequestLine,
  RiGitMergeLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import type { DriftState } from 'backstage-plugin-llm-inference-common';
import type { ToneName } from '../look/Tone';

/** Tone and icon of every way in which a service can stand to Git. No two share an icon. */
export const driftLook: Record<
  DriftState,
  { tone: ToneName; Icon: RemixiconComponentType }
> = {
  InSync: { tone: 'positive', Icon: RiGitCommitLine },
  Differs: { tone: 'warning', Icon: RiGitPullRequestLine },
  NotDeployed: { tone: 'negative', Icon: RiGitMergeLine },
  NotInGit: { tone: 'neutral', Icon: RiGitBranchLine },
  Unknown: { tone: 'neutral', Icon: RiQuestionLine },
};
