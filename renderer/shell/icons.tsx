/**
 * The window's few signs, drawn rather than typed: a character that the bundled fonts lack would be an empty box on some
 * machines. They take the colour and the size of the text beside them and are never read aloud.
 */
const PATHS = {
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5Z',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8 1v1.8M8 13.2V15M1 8h1.8M13.2 8H15M3 3l1.3 1.3M11.7 11.7 13 13M13 3l-1.3 1.3M4.3 11.7 3 13',
  projector: 'M2 3h12v8H2ZM8 11v3M5 14h6',
  down: 'm4 6 4 4 4-4',
  arrowLeft: 'M13 8H3M7 4 3 8l4 4',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  arrowUp: 'M8 13V3M4 7l4-4 4 4',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  fit: 'M6 2H2v4M10 2h4v4M6 14H2v-4M10 14h4v-4',
  save: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  widen: 'M2 8h12M5 5 2 8l3 3M11 5l3 3-3 3',
  more: 'M3 8h.1M8 8h.1M13 8h.1',
  open: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z',
} as const;

const FILLED = {
  done: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z',
  measured: 'M8 3a5 5 0 0 1 0 10Z',
} as const;

export type IconName = keyof typeof PATHS | keyof typeof FILLED;

export function Icon({ name }: { name: IconName }) {
  const filled = name === 'done' || name === 'measured';
  return (
    <svg
      className="gs-icon"
      viewBox="0 0 16 16"
      width="1em"
      height="1em"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      {filled && <path d={FILLED[name]} fill="currentColor" />}
      <path d={filled ? PATHS.open : PATHS[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
