import { cloneElement, ReactNode } from 'react';
import type { ColumnConfig } from '@backstage/ui';
import styles from './NarrowTable.module.css';

/** The frame of a table that stacks its cells where it is too narrow for columns. */
export function NarrowTable({ children }: { children: ReactNode }) {
  return <div className={styles.frame}>{children}</div>;
}

/** The same columns, of which every cell knows its label, for the rows of a `NarrowTable`. */
export function labelled<T extends { id: string | number }>(
  columns: ColumnConfig<T>[],
): ColumnConfig<T>[] {
  return columns.map(column => ({
    ...column,
    cell: item =>
      cloneElement(column.cell(item), { 'data-label': column.label }),
  }));
}
