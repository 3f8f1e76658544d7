/** The ceilings of this machine for a terminal: what was measured by the number of threads, and when. */
import { computeTable, memoryTable, type RateTable } from '../shared/ceiling-tables.ts';
import type { Ceilings, MemoryCeiling } from '../shared/ceilings.ts';
import { formatByteRate, formatFlopRate } from '../shared/units.ts';
import { textTable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** As the window writes dates. */
const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;
const OPERATIONS = { fma: 'FMA', add: '+' } as const;

function rateTable<T>(
  { threads, rows }: RateTable<T>,
  heading: string,
  nameOf: (of: T) => string,
  format: (rate: number) => string,
  terminal: Terminal,
): string {
  const columns = threads.map((count) => ({
    heading: `${count} ${terminal.word(count === 1 ? 'thread' : 'threads')}`,
    align: 'right' as const,
  }));
  const cells = rows.map(({ of, rates }) => [
    nameOf(of),
    ...rates.map((rate) => (rate === undefined ? '' : `${rate.unsteady ? '≈ ' : ''}${format(rate.perSecond)}`)),
  ]);
  return textTable([{ heading }, ...columns], cells);
}

function adapterTable({ gpu }: Ceilings, terminal: Terminal): string {
  const { language } = terminal;
  return textTable(
    [
      { heading: terminal.word('adapter') },
      { heading: terminal.word('copy'), align: 'right' },
      { heading: terminal.word('fmaOfGpu'), align: 'right' },
    ],
    gpu.map(({ name, type, copyBytesPerSecond, flopsPerSecond, unsteady }) => [
      type === 'software' ? `${name} (${terminal.word('softwareGpu')})` : name,
      `${unsteady ? '≈ ' : ''}${formatByteRate(copyBytesPerSecond, language)}`,
      `${unsteady ? '≈ ' : ''}${formatFlopRate(flopsPerSecond, language)}`,
    ]),
  );
}

/** Sections to be put between others. */
export function ceilingSections(ceilings: Ceilings | undefined, terminal: Terminal): string[] {
  const { language } = terminal;
  if (ceilings === undefined) return [`${terminal.labelled('ceilings', terminal.word('notMeasured'))} (gslab doctor --ceilings)`];
  const { measuredAt, memory, compute, gpu } = ceilings;
  const when = new Date(measuredAt).toLocaleString(LOCALES[language], { dateStyle: 'long', timeStyle: 'short' });
  const level = ({ level: name, streaming }: Pick<MemoryCeiling, 'level' | 'streaming'>) =>
    `${name === 'memory' ? terminal.word('memory') : name}${streaming ? `, ${terminal.word('streaming')}` : ''}`;
  return [
    terminal.labelled('ceilings', when),
    ...(memory.length === 0
      ? []
      : [rateTable(memoryTable(ceilings), terminal.word('triad'), level, (rate) => formatByteRate(rate, language), terminal)]),
    ...(compute.length === 0
      ? []
      : [
          rateTable(
            computeTable(ceilings),
            terminal.word('computing'),
            ({ isa, precision, operation }) => `${isa === 'scalar' ? terminal.word('scalar') : isa} ${precision} ${OPERATIONS[operation]}`,
            (rate) => formatFlopRate(rate, language),
            terminal,
          ),
        ]),
    ...(gpu.length === 0 ? [] : [adapterTable(ceilings, terminal)]),
    ...([...memory, ...compute, ...gpu].some(({ unsteady }) => unsteady) ? [`≈ ${terminal.word('unsteady')}`] : []),
  ];
}
