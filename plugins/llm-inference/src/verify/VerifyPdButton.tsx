import { useState } from 'react';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { RiTestTubeLine } from '@remixicon/react';
import { llmInferenceServiceVerifyPermission } from 'backstage-plugin-llm-inference-common';
import type { ServiceStatus } from 'backstage-plugin-llm-inference-common';
import { llmInferenceTranslationRef } from '../translation/translationRef';
import { VerifyPdDialog } from './VerifyPdDialog';

/**
 * Lets a service be proven before it gets traffic. Stands only where there is something to prove, the
 * portal offers it and the user may.
 */
export function VerifyPdButton({
  service,
  entityRef,
}: {
  service: ServiceStatus;
  entityRef: string;
}) {
  const { t } = useTranslationRef(llmInferenceTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const isOn = useApi(configApiRef).getOptionalBoolean(
    'llmInference.verifyPd.enabled',
  );
  const { allowed } = usePermission({
    permission: llmInferenceServiceVerifyPermission,
    resourceRef: entityRef,
  });
  if (
    !isOn ||
    !allowed ||
    !service.health.disaggregated ||
    service.binding !== 'Verified'
  ) {
    return null;
  }
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiTestTubeLine aria-hidden />}
        onPress={() => setOpen(true)}
      >
        {t('verify.action')}
      </Button>
      {isOpen && (
        <VerifyPdDialog health={service.health} close={() => setOpen(false)} />
      )}
    </>
  );
}
