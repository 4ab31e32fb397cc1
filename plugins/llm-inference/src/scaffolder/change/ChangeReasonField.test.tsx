import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ChangeReasonField, type ChangeReason } from './ChangeReasonField';

function renderReason(formData?: ChangeReason) {
  const onChange = jest.fn();
  renderInTestApp(
    <>
      <p>form</p>
      <ChangeReasonField
        {...({
          formData,
          onChange,
        } as unknown as FieldExtensionComponentProps<ChangeReason>)}
      />
    </>,
  );
  return onChange;
}

describe('ChangeReasonField', () => {
  it('shows the cause and its evidence as text, without secrets, and can leave them out', async () => {
    const onChange = renderReason({
      cause: 'kv-role-mismatch',
      pool: 'prefill',
      title: 'Both pools are <b>consumers</b>',
      evidence: ['Pod/a: token hf_abcdefghij0123456789'],
    });
    expect(
      await screen.findByText('Both pools are <b>consumers</b>'),
    ).toBeVisible();
    expect(screen.getByText(/kv-role-mismatch \(prefill\)/)).toBeVisible();
    expect(screen.getByText('Pod/a: token hf_***')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Leave it out' }));
    expect(onChange).toHaveBeenCalledWith(undefined);
  });

  it('shows nothing where no reason was brought along', async () => {
    renderReason();
    expect(await screen.findByText('form')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
