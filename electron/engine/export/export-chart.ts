/**
 * A chart of a session as a file's bytes: SVG, PNG, CSV or JSON. Nothing is written here; the caller knows where to.
 * Wrong and unverified results keep their mark in every format.
 */
import type { ChartId } from '../../../kernels/exercise.ts';
import type { Grid } from '../../../kernels/model.ts';
import type { ExportFormat, ExportRequest } from '../../shared/contract.ts';
import { isFigureChart } from '../../shared/figures/figure.ts';
import { buildFigure } from '../../shared/figures/figure-data.ts';
import { FIGURE_WIDTH, UNITS_PER_MM } from '../../shared/figures/page.ts';
import { figureSvg } from '../../shared/figures/svg.ts';
import type { FigureFonts } from '../../shared/figures/svg-parts.ts';
import { chartCsv, chartJson } from '../../shared/figures/table.ts';
import { buildPlot } from '../../shared/plots/plot-data.ts';
import { plotSvg } from '../../shared/plots/svg.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { FONT_FAMILY, figureFonts } from './fonts.ts';
import { withDensity } from './png-density.ts';
import { renderPng } from './resvg.ts';

export interface ExportedFile {
  /** "battle-timings-1080x1920.svg": safe on every file system, whatever the session says. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
};

const fileWord = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** A chart of either family: what is asked of it here is the same. */
interface Drawn {
  readonly chart: ChartId;
  readonly exercise?: string;
  readonly grids: readonly Grid[];
  readonly rows: readonly {
    readonly runId: number;
    readonly variant: number;
    readonly kernel: string;
    readonly label: string;
    readonly ranked: boolean;
    readonly sampleCount: number;
  }[];
}

export function exportFileName(drawn: Drawn, format: ExportFormat): string {
  const kernels = [...new Set(drawn.rows.map(({ kernel }) => kernel))];
  const subject = fileWord(drawn.exercise ?? '') || (kernels.length <= 2 ? fileWord(kernels.join('-')) : '') || 'runs';
  const grid = drawn.grids[0];
  const grids = drawn.grids.length === 1 && grid !== undefined ? `${grid.rows}x${grid.cols}` : `${drawn.grids.length}-grids`;
  return `${subject}-${drawn.chart}-${grids}.${format}`;
}

/** The chart, and how it is written as SVG with faces; undefined where the runs have nothing for it. */
function draw(
  session: Session,
  { chart, runs, language }: ExportRequest,
): { drawn: Drawn; svg: (fonts: FigureFonts) => string } | undefined {
  const input = { session, runIds: runs, language };
  if (isFigureChart(chart)) {
    const figure = buildFigure(chart, input);
    return { drawn: figure, svg: (fonts) => figureSvg(figure, fonts) };
  }
  const plot = buildPlot(chart, input);
  return plot && { drawn: plot, svg: (fonts) => plotSvg(plot, fonts) };
}

/** Throws `nothing-to-export` when the asked runs hold no sample, or nothing for the chart. */
export async function exportChart(session: Session, request: ExportRequest): Promise<ExportedFile> {
  const found = draw(session, request);
  if (found === undefined || !found.drawn.rows.some(({ sampleCount }) => sampleCount > 0)) {
    throw new TroubleError({ code: 'nothing-to-export', detail: `no ${request.chart} in runs ${request.runs.join(', ')}` });
  }
  const { drawn, svg } = found;
  const bytes = await encode(drawn, svg, session, request);
  return { fileName: exportFileName(drawn, request.format), mediaType: MEDIA_TYPES[request.format], bytes };
}

async function encode(
  drawn: Drawn,
  svg: (fonts: FigureFonts) => string,
  session: Session,
  { format, scale }: ExportRequest,
): Promise<Uint8Array> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  switch (format) {
    case 'svg':
      return utf8(svg(await figureFonts()));
    case 'png': {
      const width = Math.round(FIGURE_WIDTH * scale);
      // The renderer is given its faces apart.
      return withDensity(await renderPng(svg({ family: FONT_FAMILY, faces: [] }), width), (width / FIGURE_WIDTH) * UNITS_PER_MM);
    }
    case 'csv':
      return utf8(chartCsv(drawn, session));
    case 'json':
      return utf8(chartJson(drawn, session));
  }
}
