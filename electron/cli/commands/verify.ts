/** `gslab verify`: every kernel that runs here against the reference, over stencils, boundaries, precisions and awkward grids. */
import { findKernel } from '../../../kernels/catalog.ts';
import { requireKernel } from '../../engine/run/requests.ts';
import { type VerifyDocument, verifyDocumentSchema } from '../../shared/documents.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { formatNumber } from '../../shared/units.ts';
import type { VerifyCase } from '../../shared/verify.ts';
import { ADAPTER_OPTION, kernelsOn } from '../adapter-option.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT, sentenceOf } from '../failure.ts';
import { interruptible, withTemporaryLab } from '../lab-run.ts';
import { skippedKernels, skippedLines } from '../skipped.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

const errorText = (error: number | null, terminal: Terminal): string =>
  error === null ? 'NaN' : formatNumber(error, terminal.language, 2);

/** What was to be found wrong: a case counts by its error, not by a runner that died. */
const isWrong = ({ trouble, maxAbsError, tolerance }: VerifyCase): boolean =>
  trouble === undefined && (maxAbsError === null || maxAbsError > tolerance);

/** Cases of kernels that are wrong on purpose, and all the others. */
function partition(cases: readonly VerifyCase[]): [VerifyCase[], VerifyCase[]] {
  const { broken = [], sound = [] } = Object.groupBy(cases, ({ kernel }) => (findKernel(kernel)?.broken ? 'broken' : 'sound'));
  return [broken, sound];
}

/** The kernels that are wrong on purpose, with the number of their cases that showed it. */
const brokenKernels = (cases: readonly VerifyCase[]): VerifyDocument['broken'] =>
  [...Map.groupBy(cases, ({ kernel }) => kernel)].map(([kernel, members]) => ({
    kernel,
    cases: members.length,
    wrong: members.filter(isWrong).length,
  }));

/** One row for each kernel and precision, then one line for each case that failed. */
function verifyTable(cases: readonly VerifyCase[], terminal: Terminal): string {
  const groups = Map.groupBy(cases, ({ kernel, precision }) => `${kernel} ${precision}`);
  const rows = [...groups].map(([group, members]) => {
    const failed = members.filter(({ status }) => status === 'failed');
    const errors = members.map(({ maxAbsError }) => maxAbsError ?? Number.POSITIVE_INFINITY);
    const largest = Math.max(...errors);
    return [
      group,
      String(members.length - failed.length),
      String(failed.length),
      errorText(Number.isFinite(largest) ? largest : null, terminal),
      errorText(members[0]!.tolerance, terminal),
    ];
  });
  const headings = ['kernel', 'passed', 'failed', 'largestError', 'tolerance'] as const;
  const table = textTable(
    headings.map((word, column) => ({ heading: terminal.word(word), align: column === 0 ? 'left' : 'right' })),
    rows,
  );
  const failures = cases
    .filter(({ status }) => status === 'failed')
    .map(({ kernel, isa, stencil, boundary, precision, rows, cols, maxAbsError, tolerance, trouble }) => {
      const what = [kernel, ...(isa ? [isa] : []), precision, stencil, boundary, `${rows}×${cols}`].join(' ');
      const error = trouble
        ? sentenceOf(trouble, terminal.language)
        : `${errorText(maxAbsError, terminal)} > ${errorText(tolerance, terminal)}`;
      return terminal.labelled('failed', `${what}, ${error}`);
    });
  return [table, ...failures].join('\n');
}

interface Options {
  readonly kernel?: readonly string[];
  readonly adapter?: string;
  readonly json?: boolean;
}

export const addVerify: AddCommand = (program, invocation) => {
  program
    .command('verify')
    .description('check every kernel that runs here against the reference')
    .option('--kernel <id...>', 'only these, with every instruction set of this processor instead of the widest')
    .option(...ADAPTER_OPTION)
    .option('--json', 'one JSON document')
    .action(async (options: Options) => {
      const terminal = terminalFor(invocation, options);
      const named = options.kernel && [...new Set(options.kernel.map((id) => requireKernel(id).id))];
      const { cases, skipped } = await withTemporaryLab(async (lab) => {
        const kernels = kernelsOn(await lab.hello(), options.adapter);
        const skipped = skippedKernels(kernels, named);
        if (named !== undefined && skipped[0] !== undefined) throw new TroubleError({ code: 'kernel-unavailable', ...skipped[0] });
        terminal.beginProgress();
        const stopping = new AbortController();
        const cases = await interruptible(
          () => stopping.abort(),
          () =>
            lab.verifyAll(({ kernel }, fraction) => terminal.progress({ label: kernel, fraction }), {
              kernels: kernels
                .filter(({ kernel, available }) => available && (named?.includes(kernel) ?? true))
                .map(({ kernel }) => kernel),
              ...(named && { everyIsa: true }),
              ...(options.adapter !== undefined && { adapter: options.adapter }),
              signal: stopping.signal,
            }),
        );
        return { cases, skipped };
      });
      const [toFail, toPass] = partition(cases);
      const broken = brokenKernels(toFail);
      if (toPass.length > 0) terminal.print(verifyTable(toPass, terminal));
      for (const { kernel, wrong, cases: all } of broken)
        terminal.print(terminal.labelled(wrong > 0 ? 'foundWrong' : 'notFoundWrong', `${kernel}, ${wrong} / ${all}`));
      for (const line of skippedLines(skipped, terminal)) terminal.note(line);
      terminal.document(verifyDocumentSchema, { schemaVersion: JSON_SCHEMA_VERSION, cases, broken, skipped });
      const asExpected = toPass.every(({ status }) => status === 'passed') && broken.every(({ wrong }) => wrong > 0);
      invocation.exitCode = cases.length > 0 && asExpected ? EXIT.ok : EXIT.failed;
    });
};
