/** The chart of a session that a request asks for, of either family, and how it is drawn: size, colours, faces. */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { ExportRequest } from '../../shared/contract.ts';
import type { Figure } from '../../shared/figures/figure.ts';
import { isFigureChart } from '../../shared/figures/figure.ts';
import { buildFigure } from '../../shared/figures/figure-data.ts';
import { inGrey } from '../../shared/figures/grey.ts';
import { layoutFigure } from '../../shared/figures/layout.ts';
import { pageFor } from '../../shared/figures/presets.ts';
import { figureSvg } from '../../shared/figures/svg.ts';
import type { FigureFonts } from '../../shared/figures/svg-parts.ts';
import type { Plot } from '../../shared/plots/plot.ts';
import { buildPlot } from '../../shared/plots/plot-data.ts';
import { drawPlot, plotSvg } from '../../shared/plots/svg.ts';
import type { Session } from '../../shared/session.ts';

export type Drawn = Figure | Plot;

const isFigure = (drawn: Drawn): drawn is Figure => isFigureChart(drawn.chart);

/** What all charts have that a file is named after. */
export interface Named {
  readonly chart: ChartId;
  readonly exercise?: string;
  readonly grids: readonly Grid[];
  readonly rows: readonly { readonly kernel: string }[];
}

export type View = Pick<ExportRequest, 'chart' | 'runs' | 'language' | 'preset' | 'grey'>;

/** Undefined where the runs have nothing for the chart. */
export function buildChart(session: Session, { chart, runs, language }: View): Drawn | undefined {
  const input = { session, runIds: runs, language };
  return isFigureChart(chart) ? buildFigure(chart, input) : buildPlot(chart, input);
}

/** The colours of what the chart compares. */
function looksIn(drawn: Drawn): string[] {
  // In ink alone.
  if (!isFigure(drawn) && (drawn.kind === 'strips' || drawn.kind === 'waterfall')) return [];
  const looked = isFigure(drawn)
    ? drawn.rows
    : drawn.kind === 'timeline'
      ? drawn.groups
      : drawn.kind === 'bars'
        ? drawn.bars
        : drawn.kind === 'heat-map'
          ? drawn.others
          : drawn.kind === 'roofline'
            ? drawn.points
            : drawn.series;
  return looked.map(({ look }) => look.color);
}

export function chartSvg(drawn: Drawn, { preset, grey }: Pick<View, 'preset' | 'grey'>, fonts: FigureFonts, metadata = ''): string {
  const svg = isFigure(drawn)
    ? figureSvg(
        drawn,
        fonts,
        pageFor(preset, (page) => layoutFigure(drawn, page).height),
        metadata,
      )
    : plotSvg(
        drawn,
        fonts,
        pageFor(preset, (page) => drawPlot(drawn, page).height),
        metadata,
      );
  return grey ? inGrey(svg, looksIn(drawn)) : svg;
}
