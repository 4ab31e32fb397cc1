import { Box } from '@backstage/ui';
import type { ComponentType } from 'react';
import styles from './onPaper.module.css';

/**
 * Draws a field for the surface that the form lies on. The form is Material paper, which Backstage UI
 * takes for the bare page: without this its fields lie white on white.
 */
export function onPaper<Props extends object>(Field: ComponentType<Props>) {
  return function FieldOnPaper(props: Props) {
    return (
      <Box bg="neutral" className={styles.field}>
        <Field {...props} />
      </Box>
    );
  };
}
