/** A few buttons of which one is pressed: language, theme, quantity. An icon is never read aloud; its title is. */
import { Icon, type IconName } from './icons.tsx';

export interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly text?: string;
    readonly icon?: IconName;
    readonly title?: string;
    readonly lang?: string;
  }[];
  readonly onChange: (value: T) => void;
  readonly testId?: string;
}

export function Segments<T extends string>({ label, value, options, onChange, testId }: SegmentsProps<T>) {
  return (
    <fieldset className="gs-segments" aria-label={label} data-testid={testId}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          title={option.title}
          lang={option.lang}
          onClick={() => onChange(option.value)}
        >
          {option.icon === undefined ? option.text : <Icon name={option.icon} />}
          {option.title !== undefined && <span className="gs-visually-hidden"> {option.title}</span>}
        </button>
      ))}
    </fieldset>
  );
}
