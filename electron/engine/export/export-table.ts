/** The table of results of a session as a file's bytes. Nothing is written here; the caller knows where to. */
import type { TableFormat } from '../../shared/contract.ts';
import { type TableRequest, tableCsv, tableJson } from '../../shared/result-table/table-document.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type ExportedFile, MEDIA_TYPES } from './export-chart.ts';

/** Throws `nothing-to-export` when no row is left. */
export function exportTable(session: Session, { format, ...request }: TableRequest & { readonly format: TableFormat }): ExportedFile {
  const text = format === 'csv' ? tableCsv(session, request) : tableJson(session, request);
  if (text === undefined) throw new TroubleError({ code: 'nothing-to-export', detail: 'no row in the table' });
  return { fileName: `results-table.${format}`, mediaType: MEDIA_TYPES[format], bytes: new TextEncoder().encode(text) };
}
