import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';

/** One of a few: buttons of which exactly one is pressed. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  /** What each value is called, in the order in which they stand. */
  options: Record<NoInfer<T>, string>;
  value: T;
  onChange(value: NoInfer<T>): void;
}) {
  const values = Object.keys(options) as T[];
  return (
    <ToggleButtonGroup
      selectionMode="single"
      disallowEmptySelection
      aria-label={label}
      selectedKeys={[value]}
      onSelectionChange={keys => {
        const chosen = values.find(each => keys.has(each));
        if (chosen !== undefined) {
          onChange(chosen);
        }
      }}
    >
      {values.map(each => (
        <ToggleButton key={each} id={each}>
          {options[each]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
