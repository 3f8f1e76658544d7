/** What a chart drawn by hand says of the mark under the pointer; the same is in the table, for those who use no pointer. */
import { type PointerEvent, type ReactNode, useState } from 'react';

export interface Tip {
  readonly lines: readonly string[];
  /** Pixels from the left and the top of the chart. */
  readonly x: number;
  readonly y: number;
}

export interface TipHandlers {
  readonly onPointerMove: (event: PointerEvent<SVGElement>) => void;
  readonly onPointerLeave: () => void;
}

/** `over(lines)` makes the handlers of a mark. The first line is set bold; empty ones are left out. */
export interface Tips {
  readonly tip: Tip | null;
  readonly over: (lines: readonly string[]) => TipHandlers;
  /** For what has the focus. */
  readonly show: (tip: Tip) => void;
  readonly hide: () => void;
}

export function useTip(): Tips {
  const [tip, setTip] = useState<Tip | null>(null);
  const over = (lines: readonly string[]): TipHandlers => ({
    onPointerMove: (event) => {
      const frame = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
      if (frame !== undefined) setTip({ lines, x: event.clientX - frame.x, y: event.clientY - frame.y });
    },
    onPointerLeave: () => setTip(null),
  });
  return { tip, over, show: setTip, hide: () => setTip(null) };
}

/** Beside the pointer, on the side where there is more room. */
export function HoverTip({ tip, width, height }: { readonly tip: Tip | null; readonly width: number; readonly height: number }): ReactNode {
  if (tip === null) return null;
  const across = tip.x < width / 2 ? { left: tip.x + 12 } : { right: width - tip.x + 12 };
  const down = tip.y < height / 2 ? { top: tip.y + 12 } : { bottom: height - tip.y + 12 };
  return (
    <div className="gs-chart-tooltip gs-hover-tip" style={{ ...across, ...down }}>
      {tip.lines
        .filter((line) => line !== '')
        .map((line, index) => (index === 0 ? <strong key={line}>{line}</strong> : <div key={line}>{line}</div>))}
    </div>
  );
}
