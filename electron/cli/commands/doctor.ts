/** `gslab doctor`: what this machine is, what runs on it, and what would make measurements better. */
import type { Hello } from '../../shared/contract.ts';
import { doctorDocumentSchema } from '../../shared/documents.ts';
import type { Machine } from '../../shared/machine.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { formatBytes, formatInteger, formatSeconds } from '../../shared/units.ts';
import { adviceFor } from '../advice.ts';
import { ceilingSections } from '../ceilings-text.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withTemporaryLab } from '../lab-run.ts';
import { measureCeilings } from '../measure-ceilings.ts';
import { skippedKernels, skippedLines } from '../skipped.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

function machineLines(machine: Machine, terminal: Terminal): string {
  const { language } = terminal;
  const known = (text: string) => (text === 'unknown' ? terminal.word('unknown') : text);
  const bytes = (count: number | 'unknown') => (count === 'unknown' ? terminal.word('unknown') : formatBytes(count, language));
  const count = (value: number | 'unknown') => (value === 'unknown' ? terminal.word('unknown') : String(value));
  const { l1d, l2, l3 } = machine.cacheBytes;
  const lines: [string, string][] = [
    ['CPU', `${known(machine.cpu)} (${known(machine.architecture)})`],
    [terminal.word('cores'), `${count(machine.physicalCores)} / ${count(machine.logicalCores)} ${terminal.word('logical')}`],
    ['L1d · L2 · L3', [l1d, l2, l3].map(bytes).join(' · ')],
    [terminal.word('memory'), bytes(machine.memoryBytes)],
    [terminal.word('isas'), machine.isas.join(' ') || terminal.word('none')],
    [terminal.word('system'), `${known(machine.os)}, ${known(machine.kernel)}`],
    [terminal.word('virtualisation'), machine.virtualisation === 'none' ? terminal.word('none') : known(machine.virtualisation)],
    [terminal.word('power'), machine.power === 'unknown' ? terminal.word('unknown') : terminal.word(machine.power)],
    [terminal.word('governor'), known(machine.governor)],
    ['Node', machine.node],
    [terminal.word('compiler'), known(machine.compiler)],
  ];
  const width = Math.max(...lines.map(([name]) => [...name].length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function adapterTable({ adapters }: Hello, terminal: Terminal): string {
  const headings = ['adapter', 'title', 'type', 'driver', 'mostCells', 'clock', 'usable'] as const;
  const rows = adapters.map(({ id, name, backend, type, driver, largestCells, timestampSeconds, usable, reason }) => [
    id,
    `${name} (${backend})`,
    type === 'software' ? terminal.word('softwareGpu') : 'GPU',
    driver,
    largestCells === undefined ? terminal.word('unknown') : formatInteger(largestCells, terminal.language),
    timestampSeconds === undefined ? terminal.word('none') : formatSeconds(timestampSeconds, terminal.language),
    usable ? terminal.word('yes') : `${terminal.word('no')}${reason === undefined ? '' : `: ${reason}`}`,
  ]);
  return rows.length === 0
    ? terminal.labelled('adapter', terminal.word('none'))
    : textTable(
        headings.map((word) => ({ heading: terminal.word(word) })),
        rows,
      );
}

/** Whether each kernel runs here, then why the others do not. */
function kernelTable({ kernels }: Hello, terminal: Terminal): string {
  const table = textTable(
    (['kernel', 'runsHere'] as const).map((word) => ({ heading: terminal.word(word) })),
    kernels.map(({ kernel, available }) => [kernel, terminal.word(available ? 'yes' : 'no')]),
  );
  return [table, ...skippedLines(skippedKernels(kernels), terminal)].join('\n');
}

export const addDoctor: AddCommand = (program, invocation) => {
  program
    .command('doctor')
    .description('the machine, its instruction sets and adapters, and what to fix')
    .option('--forget-tunings', 'seek again what was found to be fastest on this machine')
    .option('--ceilings', 'measure how fast this machine moves bytes and computes at most, in half a minute')
    .option('--json', 'one JSON document')
    .action(async (options: { forgetTunings?: boolean; ceilings?: boolean; json?: boolean }) => {
      const terminal = terminalFor(invocation, options);
      const hello = await withTemporaryLab(async (lab): Promise<Hello> => {
        if (options.forgetTunings === true) terminal.note(terminal.labelled('forgotten', String(lab.forgetTunings())));
        const measured = options.ceilings === true ? await measureCeilings(lab, terminal) : undefined;
        // What could not be remembered is shown all the same.
        return { ...(await lab.hello()), ...(measured && { ceilings: measured }) };
      });
      const { machine, adapters, kernels, ceilings } = hello;
      const advice = adviceFor(hello, terminal.language);
      const sections = [machineLines(machine, terminal), adapterTable(hello, terminal), kernelTable(hello, terminal)];
      sections.push(...ceilingSections(ceilings, terminal));
      sections.push(
        advice.length === 0
          ? terminal.word('allFine')
          : [terminal.labelled('toFix', '').trimEnd(), ...advice.map((line) => `• ${line}`)].join('\n'),
      );
      terminal.print(sections.join('\n\n'));
      terminal.document(doctorDocumentSchema, {
        schemaVersion: JSON_SCHEMA_VERSION,
        machine,
        adapters,
        kernels,
        ...(ceilings && { ceilings }),
        advice,
      });
      invocation.exitCode = EXIT.ok;
    });
};
