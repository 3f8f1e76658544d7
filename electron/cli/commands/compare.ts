/** `gslab compare`: two sessions, what differs in how they were measured before what came out. Both are only read. */
import { resolve } from 'node:path';
import { readMeasurements } from '../../engine/figure-file/read-figure.ts';
import {
  type ComparedResult,
  type Comparison,
  type ComparisonRow,
  type ComparisonVerdict,
  compareSessions,
  rowLabels,
} from '../../shared/compare.ts';
import { compareDocumentSchema } from '../../shared/documents.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { formatGrid, formatInterval } from '../../shared/units.ts';
import { variantLabels } from '../../shared/variants.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { comparisonText, FIELD_WORDS, REASON_WORDS } from '../compare-words.ts';
import { EXIT } from '../failure.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

const shownValues = (values: readonly string[]): string => values.map((value) => value || '—').join(', ');

function differences({ setup }: Comparison, terminal: Terminal): string {
  if (setup.length === 0) return terminal.word('same');
  const rows = setup.map(({ field, a, b }) => [FIELD_WORDS[field][terminal.language], shownValues(a), shownValues(b)]);
  return `${terminal.word('differences')}\n${textTable([{ heading: '' }, { heading: 'A' }, { heading: 'B' }], rows)}`;
}

function rateText({ cellsPerSecond, software }: ComparedResult, terminal: Terminal): string {
  if (cellsPerSecond === undefined) return '—';
  return `${formatInterval(cellsPerSecond, terminal.language, 'rate')}${software ? ` (${terminal.word('softwareGpu')})` : ''}`;
}

function verdictText(row: ComparisonRow, terminal: Terminal): string {
  const { reasons } = row;
  const text = comparisonText(row, terminal.language);
  return reasons.length === 0 ? text : `${text}: ${reasons.map((reason) => REASON_WORDS[reason][terminal.language]).join(', ')}`;
}

/** Flat, so that a script needs to look at one word. */
function verdictFields(verdict: ComparisonVerdict) {
  const { kind } = verdict;
  if (kind === 'no-difference') return { verdict: kind, within: verdict.within, noiseFloor: verdict.floor };
  return kind === 'cannot-tell' ? { verdict: kind, moreRounds: verdict.moreRounds } : { verdict: kind };
}

function resultTable({ rows }: Comparison, terminal: Terminal): string {
  const { language } = terminal;
  const labels = rowLabels(rows);
  return textTable(
    [
      { heading: terminal.word('kernel') },
      { heading: terminal.word('grid') },
      { heading: 'A', align: 'right' },
      { heading: 'B', align: 'right' },
      { heading: 'B ÷ A', align: 'right' },
      { heading: '' },
    ],
    rows.map((row, index) => [
      labels[index]!,
      [...new Set([row.a, row.b].map(({ grid }) => formatGrid(grid, language)))].join(', '),
      rateText(row.a, terminal),
      rateText(row.b, terminal),
      row.ratio === undefined ? '—' : formatInterval(row.ratio, language, 'ratio'),
      verdictText(row, terminal),
    ]),
  );
}

function alone(name: string, results: readonly ComparedResult[], terminal: Terminal): string[] {
  if (results.length === 0) return [];
  return [`${terminal.word('onlyIn')} ${name}: ${variantLabels(results.map(({ variant }) => variant)).join(', ')}`];
}

export const addCompare: AddCommand = (program, invocation) => {
  program
    .command('compare')
    .description('two sessions: what differs in the set-up, then in the results')
    .argument('<a.gslab>', 'the first session')
    .argument('<b.gslab>', 'the second session')
    .option('--json', 'one JSON document')
    .action((first: string, second: string, options: { json?: boolean }) => {
      const terminal = terminalFor(invocation, options);
      const [a, b] = [resolve(first), resolve(second)];
      const comparison = compareSessions(readMeasurements(a), readMeasurements(b));
      const parts = [`A  ${a}\nB  ${b}`, differences(comparison, terminal)];
      if (comparison.rows.length > 0) parts.push(resultTable(comparison, terminal));
      const rest = [...alone('A', comparison.onlyInA, terminal), ...alone('B', comparison.onlyInB, terminal)];
      if (rest.length > 0) parts.push(rest.join('\n'));
      terminal.print(parts.join('\n\n'));
      terminal.document(compareDocumentSchema, {
        schemaVersion: JSON_SCHEMA_VERSION,
        a,
        b,
        setup: comparison.setup.map((difference) => ({ ...difference, a: [...difference.a], b: [...difference.b] })),
        rows: comparison.rows.map((row) => ({
          ...row,
          ...verdictFields(row.verdict),
          differences: row.differences.map((difference) => ({ ...difference, a: [...difference.a], b: [...difference.b] })),
          reasons: [...row.reasons],
        })),
        onlyInA: [...comparison.onlyInA],
        onlyInB: [...comparison.onlyInB],
      });
      invocation.exitCode = EXIT.ok;
    });
};
