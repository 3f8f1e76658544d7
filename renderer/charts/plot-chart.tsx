/**
 * A plot on screen, in the colours of the theme: its legend, the drawing, and what the reader must know before comparing.
 *
 * Props: `plot` what to draw; `projector` thick lines for a projector. Nothing is animated: a plot is redrawn while its
 * run goes on. Colours: `--gs-text`, `--gs-text-dim`, `--gs-line`, `--gs-surface`, `--gs-accent`, `--gs-error`.
 */
import type { Plot } from '../../electron/shared/plots/plot.ts';
import { BarsChart } from './bars-chart.tsx';
import { ChartNotices } from './chart-notices.tsx';
import { HeatMapChart } from './heat-map-chart.tsx';
import { HistogramChart } from './histogram-chart.tsx';
import { LinesChart } from './lines-chart.tsx';
import { type Guess, RooflineChart } from './roofline-chart.tsx';
import { StripsChart } from './strips-chart.tsx';
import { TimelineChart } from './timeline-chart.tsx';
import { WaterfallChart } from './waterfall-chart.tsx';
import './charts.css';

export interface PlotChartProps {
  readonly plot: Plot;
  readonly projector?: boolean;
  /** Of a roofline: the prediction that is being placed. */
  readonly guess?: Guess | undefined;
}

function Drawing({ plot, projector = false, guess }: PlotChartProps) {
  switch (plot.kind) {
    case 'lines':
      return <LinesChart plot={plot} projector={projector} />;
    case 'heat-map':
      return <HeatMapChart plot={plot} projector={projector} />;
    case 'histogram':
      return <HistogramChart plot={plot} projector={projector} />;
    case 'timeline':
      return <TimelineChart plot={plot} />;
    case 'roofline':
      return <RooflineChart plot={plot} projector={projector} guess={guess} />;
    case 'bars':
      return <BarsChart plot={plot} projector={projector} />;
    case 'strips':
      return <StripsChart plot={plot} projector={projector} />;
    case 'waterfall':
      return <WaterfallChart plot={plot} projector={projector} />;
  }
}

export function PlotChart({ plot, projector = false, guess }: PlotChartProps) {
  return (
    <figure className="gs-plot">
      <Drawing plot={plot} projector={projector} guess={guess} />
      <ChartNotices notices={plot.notices} />
    </figure>
  );
}
