import { useEffect, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiCloseLine, RiFileCopyLine } from '@remixicon/react';
import { llmInferenceTranslationRef } from '../translation/translationRef';

type CopyState = 'idle' | 'copied' | 'failed';

const ICONS = {
  idle: RiFileCopyLine,
  copied: RiCheckLine,
  failed: RiCloseLine,
};

/** How long the answer to a press stays. */
const ANSWER_MS = 2_000;

/** Copies a text to the clipboard and says whether that worked. */
export function CopyButton({
  text,
  label,
  showLabel = false,
}: {
  text: string;
  /** What is copied, for example "Copy curl". */
  label: string;
  showLabel?: boolean;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [state, setState] = useState<CopyState>('idle');

  useEffect(() => {
    if (state === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setState('idle'), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // The browser may forbid it; then the text can still be selected by hand.
      setState('failed');
    }
  };
  const Icon = ICONS[state];
  return (
    <>
      {showLabel ? (
        <Button
          size="small"
          variant="secondary"
          iconStart={<Icon aria-hidden />}
          onPress={copy}
        >
          {label}
        </Button>
      ) : (
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={label}
          icon={<Icon aria-hidden />}
          onPress={copy}
        />
      )}
      <VisuallyHidden role="status">
        {state === 'idle' ? '' : t(`copy.${state}`)}
      </VisuallyHidden>
    </>
  );
}
