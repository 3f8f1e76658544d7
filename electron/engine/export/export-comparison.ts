/** The roofline of two sessions as a file. It carries neither: each has a file of its own, which the caption names. */
import type { ComparisonExportRequest } from '../../shared/contract.ts';
import { sessionsCsv } from '../../shared/figures/table.ts';
import { buildRooflinePair, type Compared, pairRows } from '../../shared/plots/roofline-pair.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type ExportedFile, MEDIA_TYPES, pictureOf } from './export-chart.ts';

/** Throws `nothing-to-export` when one of them has nothing under a roof. */
export async function exportComparison(a: Compared, b: Compared, request: Omit<ComparisonExportRequest, 'a' | 'b'>): Promise<ExportedFile> {
  const { format, language } = request;
  const plot = buildRooflinePair(a, b, language);
  if (plot === undefined) throw new TroubleError({ code: 'nothing-to-export', detail: 'no roofline of both sessions' });
  const sides = [a, b] as const;
  const bytes =
    format === 'csv'
      ? new TextEncoder().encode(
          sessionsCsv(
            sides.map(({ name, session }, side) => ({ name, session, chart: { ...plot, rows: pairRows(plot, side === 0 ? 0 : 1) } })),
          ),
        )
      : await pictureOf(plot, format, request, { appVersion: a.session.appVersion, date: new Date(a.session.createdAt) });
  return { fileName: `comparison-roofline.${format}`, mediaType: MEDIA_TYPES[format], bytes };
}
