/**
 * A chart of a session as a file's bytes: SVG, PDF, PNG, CSV, JSON or a notebook. Nothing is written here; the caller knows where to.
 * Wrong and unverified results keep their mark in every format; pictures carry the runs that they show.
 */
import type { ExportFormat, ExportRequest } from '../../shared/contract.ts';
import { type Evidence, evidenceOf } from '../../shared/evidence.ts';
import { PIXELS_PER_MM, PRESETS } from '../../shared/figures/presets.ts';
import { chartCsv, chartJson } from '../../shared/figures/table.ts';
import { FIGURE_TEXTS } from '../../shared/figures/texts.ts';
import { notebookOf } from '../../shared/notebook/notebook.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import {
  EVIDENCE_FILE,
  EVIDENCE_MEDIA_TYPE,
  EVIDENCE_NAME,
  evidenceText,
  evidenceXml,
  LEFT_OUT_XML,
} from '../figure-file/evidence-text.ts';
import { densityChunk, textChunk, withChunks } from '../figure-file/png-chunks.ts';
import { buildChart, chartSvg, type Drawn, type Named } from './draw-chart.ts';
import { FONT_FAMILY, figureFonts } from './fonts.ts';
import { pdfOf } from './pdf.ts';
import { renderPng } from './resvg.ts';

export interface ExportedFile {
  /** "battle-timings-1080x1920.svg": safe on every file system, whatever the session says. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  png: 'image/png',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ipynb: 'application/x-ipynb+json',
};

const fileWord = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');

export function exportFileName(drawn: Named, format: ExportFormat): string {
  const kernels = [...new Set(drawn.rows.map(({ kernel }) => kernel))];
  const subject = fileWord(drawn.exercise ?? '') || (kernels.length <= 2 ? fileWord(kernels.join('-')) : '') || 'runs';
  const grid = drawn.grids[0];
  const grids = drawn.grids.length === 1 && grid !== undefined ? `${grid.rows}x${grid.cols}` : `${drawn.grids.length}-grids`;
  return `${subject}-${drawn.chart}-${grids}.${format}`;
}

/** Throws `nothing-to-export` when the asked runs hold no sample, or nothing for the chart. */
export async function exportChart(session: Session, request: ExportRequest): Promise<ExportedFile> {
  const drawn = buildChart(session, request);
  if (drawn === undefined || !drawn.rows.some(({ sampleCount }) => sampleCount > 0)) {
    throw new TroubleError({ code: 'nothing-to-export', detail: `no ${request.chart} in runs ${request.runs.join(', ')}` });
  }
  const bytes = await encode(drawn, session, request);
  return { fileName: exportFileName(drawn, request.format), mediaType: MEDIA_TYPES[request.format], bytes };
}

/** SVGs go into web pages and documents. Where the samples would make one larger, it says that it is without them. */
export const MOST_SVG_BYTES = 300_000;

/** The renderers of PNG and PDF are given the faces apart. */
const NO_FACES = { family: FONT_FAMILY, faces: [] };

type PictureFormat = Extract<ExportFormat, 'svg' | 'png' | 'pdf'>;
type Look = Pick<ExportRequest, 'preset' | 'grey' | 'scale'>;

interface Origin {
  readonly appVersion: string;
  readonly date: Date;
  /** What the picture is of, to carry it. */
  readonly evidence?: Evidence;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const descriptionOf = (drawn: Drawn): string => [drawn.conclusion, ...drawn.notices, drawn.caption].join(' ');

export async function pictureOf(
  drawn: Drawn,
  format: PictureFormat,
  look: Look,
  { appVersion, date, evidence }: Origin,
): Promise<Uint8Array> {
  const description = descriptionOf(drawn);
  switch (format) {
    case 'svg': {
      const fonts = await figureFonts();
      const whole = utf8(chartSvg(drawn, look, fonts, evidence && evidenceXml(evidence)));
      if (whole.length <= MOST_SVG_BYTES || evidence === undefined) return whole;
      const caption = `${drawn.caption} ${FIGURE_TEXTS[drawn.language].captionLeftOut}`;
      return utf8(chartSvg({ ...drawn, caption }, look, fonts, LEFT_OUT_XML));
    }
    case 'png': {
      const { widthMm } = PRESETS[look.preset];
      const width = Math.round(widthMm * PIXELS_PER_MM * look.scale);
      return withChunks(await renderPng(chartSvg(drawn, look, NO_FACES), width), [
        densityChunk(width / widthMm),
        textChunk('Title', drawn.title, false),
        textChunk('Description', description, false),
        ...(evidence === undefined ? [] : [textChunk(EVIDENCE_NAME, evidenceText(evidence), true)]),
      ]);
    }
    case 'pdf':
      return pdfOf(chartSvg(drawn, look, NO_FACES), {
        title: drawn.title,
        subject: description,
        language: drawn.language,
        creator: `Gray-Scott Lab ${appVersion}`,
        date,
        ...(evidence && {
          attachment: {
            name: EVIDENCE_FILE,
            mediaType: EVIDENCE_MEDIA_TYPE,
            description: drawn.title,
            bytes: utf8(evidenceText(evidence)),
          },
        }),
      });
  }
}

async function encode(drawn: Drawn, session: Session, request: ExportRequest): Promise<Uint8Array> {
  switch (request.format) {
    case 'svg':
    case 'png':
    case 'pdf': {
      const runs = [...request.runs, ...drawn.rows.map(({ runId }) => runId)];
      const run = session.runs.find(({ id }) => id === drawn.rows[0]?.runId);
      return pictureOf(drawn, request.format, request, {
        appVersion: session.appVersion,
        date: new Date(run?.startedAt ?? session.createdAt),
        evidence: evidenceOf(session, request, runs, { title: drawn.title, caption: descriptionOf(drawn) }),
      });
    }
    case 'csv':
      return utf8(chartCsv(drawn, session));
    case 'json':
      return utf8(chartJson(drawn, session));
    case 'ipynb':
      return utf8(notebookOf(drawn, session, PRESETS[request.preset].widthMm));
  }
}
