/** Intervals are written as one text (`units.ts`); figures set the value and its range apart. */

/** "× 2.41 (2.38 to 2.45)" as "× 2.41" and "(2.38 to 2.45)". */
export function splitInterval(text: string): readonly [value: string, range: string] {
  const at = text.indexOf(' (');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
