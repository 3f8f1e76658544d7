/** Legends of the plots: what each line or mark stands for. As HTML, so that they wrap where there is little room. */
import type { ReactNode } from 'react';
import { markerPath } from '../../electron/shared/figures/markers.ts';
import type { GuideLook } from '../../electron/shared/plots/guide-look.ts';
import type { KernelLook } from '../../kernels/kernel.ts';

export function Legend({ children }: { readonly children: ReactNode }) {
  return <ul className="gs-plot-legend">{children}</ul>;
}

/** What the marks mean, under a plot: read once, so it leaves the place above to what differs from plot to plot. */
export function MarksKey({ children }: { readonly children: ReactNode }) {
  return <ul className="gs-plot-legend gs-dim">{children}</ul>;
}

/** The units of a swatch are larger than a pixel. */
const SWATCH_DASH = 0.7;

export function LegendItem({ mark, children }: { readonly mark: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      {mark}
      <span>{children}</span>
    </li>
  );
}

/** A small drawing of 2 × 1 em, in units of 20 × 10. */
export function Swatch({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="gs-swatch" viewBox="0 0 20 10" aria-hidden="true">
      {children}
    </svg>
  );
}

export function LineSwatch({ look, projector }: { readonly look: KernelLook; readonly projector: boolean }) {
  return (
    <Swatch>
      <line x1={0} x2={20} y1={5} y2={5} stroke={look.color} strokeWidth={projector ? 2.2 : 1.5} strokeDasharray={look.dash} />
      <g transform="translate(10 5)">
        <path d={markerPath(look.marker, 3.4)} fill="var(--gs-surface)" stroke="var(--gs-surface)" strokeWidth={2.4} />
        <path d={markerPath(look.marker, 3.4)} fill={look.color} />
      </g>
    </Swatch>
  );
}

/** Of what is ideal, or of a curve that was fitted to a line. */
export function GuideSwatch({ look: { of, dash } }: { readonly look: GuideLook }) {
  return (
    <Swatch>
      <line
        x1={0}
        x2={20}
        y1={5}
        y2={5}
        stroke={of?.look.color ?? 'var(--gs-text-dim)'}
        strokeWidth={1.2}
        strokeDasharray={dash
          .split(' ')
          .map((length) => SWATCH_DASH * Number(length))
          .join(' ')}
      />
    </Swatch>
  );
}
