/**
 * The place of a chart on the page: as wide as its parent and, where that is a flex column, as high as what is left, but
 * never below `least`. The drawing lies over the frame, so that it never holds the frame open. Screen readers get
 * `label`; the numbers are in the table.
 */
import type { ReactNode } from 'react';
import { type Box, useBox } from './use-box.ts';
import './charts.css';

export interface ChartFrameProps {
  readonly label: string;
  /** Least and most height in pixels. */
  readonly least: (box: Box) => number;
  readonly most?: (box: Box) => number;
  /** Has parts that take the focus, which a picture may not. */
  readonly interactive?: boolean;
  readonly children: (box: Box) => ReactNode;
}

export function ChartFrame({ label, least, most, interactive = false, children }: ChartFrameProps) {
  const [refs, box] = useBox();
  const style = box === null ? {} : { minHeight: least(box), maxHeight: most?.(box) };
  // The first layout does not know the least height yet.
  const whole = box === null ? null : { ...box, height: Math.max(box.height, Math.ceil(least(box))) };
  const inside = (
    <>
      <span ref={refs.ruler} className="gs-chart-ruler" aria-hidden="true" />
      {whole !== null && children(whole)}
    </>
  );
  const place = { ref: refs.frame, className: 'gs-chart', style };
  return interactive ? (
    // biome-ignore lint/a11y/useSemanticElements: no fields are grouped here.
    <div {...place} role="group" aria-label={label}>
      {inside}
    </div>
  ) : (
    <div {...place} role="img" aria-label={label}>
      {inside}
    </div>
  );
}
