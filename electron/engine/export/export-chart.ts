/**
 * A chart of a session as a file's bytes: SVG, PNG, CSV or JSON. Nothing is written here; the caller knows where to.
 * Wrong and unverified results keep their mark in every format.
 */
import type { ExportFormat, ExportRequest } from '../../shared/contract.ts';
import { type Figure, isFigureChart } from '../../shared/figures/figure.ts';
import { buildFigure } from '../../shared/figures/figure-data.ts';
import { FIGURE_WIDTH, UNITS_PER_MM } from '../../shared/figures/layout.ts';
import { figureSvg } from '../../shared/figures/svg.ts';
import { chartCsv, chartJson } from '../../shared/figures/table.ts';
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

export function exportFileName(figure: Figure, format: ExportFormat): string {
  const kernels = [...new Set(figure.rows.map(({ kernel }) => kernel))];
  const subject = fileWord(figure.exercise ?? '') || (kernels.length <= 2 ? fileWord(kernels.join('-')) : '') || 'runs';
  const grid = figure.grids[0];
  const grids = figure.grids.length === 1 && grid !== undefined ? `${grid.rows}x${grid.cols}` : `${figure.grids.length}-grids`;
  return `${subject}-${figure.chart}-${grids}.${format}`;
}

/** Throws `nothing-to-export` when the asked runs hold no sample. */
export async function exportChart(session: Session, request: ExportRequest): Promise<ExportedFile> {
  if (!isFigureChart(request.chart)) throw new TroubleError({ code: 'nothing-to-export', detail: request.chart });
  const figure = buildFigure(request.chart, { session, runIds: request.runs, language: request.language });
  if (!figure.rows.some(({ sampleCount }) => sampleCount > 0)) {
    throw new TroubleError({ code: 'nothing-to-export', detail: `no sample in runs ${request.runs.join(', ')}` });
  }
  const bytes = await encode(figure, session, request);
  return { fileName: exportFileName(figure, request.format), mediaType: MEDIA_TYPES[request.format], bytes };
}

async function encode(figure: Figure, session: Session, { format, scale }: ExportRequest): Promise<Uint8Array> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  switch (format) {
    case 'svg':
      return utf8(figureSvg(figure, await figureFonts()));
    case 'png': {
      // The renderer is given its faces apart.
      const svg = figureSvg(figure, { family: FONT_FAMILY, faces: [] });
      const width = Math.round(FIGURE_WIDTH * scale);
      return withDensity(await renderPng(svg, width), (width / FIGURE_WIDTH) * UNITS_PER_MM);
    }
    case 'csv':
      return utf8(chartCsv(figure, session));
    case 'json':
      return utf8(chartJson(figure, session));
  }
}
