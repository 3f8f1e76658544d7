/** Which of many lines of one height are in sight: only they are drawn. */

/** Lines before and after what is in sight, so that a turn of the wheel finds them there. */
const BEYOND = 8;

export interface InSight {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
}

export function inSight(count: number, lineHeight: number, scrollTop: number, height: number): InSight {
  const first = Math.max(0, Math.floor(scrollTop / lineHeight) - BEYOND);
  const end = Math.min(count, Math.ceil((scrollTop + height) / lineHeight) + BEYOND);
  // What was scrolled through may have become shorter.
  return { first: Math.min(first, Math.max(0, end - 1)), end };
}

/** Where to scroll so that a line stands between a head and the lower edge; as it is where it does. */
export function scrolledTo(line: number, lineHeight: number, scrollTop: number, height: number, head: number): number {
  const [top, bottom] = [line * lineHeight, (line + 1) * lineHeight];
  if (top < scrollTop) return top;
  return bottom + head > scrollTop + height ? bottom + head - height : scrollTop;
}
