/** `gslab list`: the kernels and the exercises, what runs on this machine and why the rest does not. */
import { KERNELS } from '../../../kernels/catalog.ts';
import type { Kernel } from '../../../kernels/kernel.ts';
import { EXERCISES } from '../../../kernels/syllabus.ts';
import type { Availability } from '../../shared/contract.ts';
import { type ListDocument, listDocumentSchema } from '../../shared/documents.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withTemporaryLab } from '../lab-run.ts';
import { skippedKernels, skippedLines } from '../skipped.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

function kernelEntry(kernel: Kernel, availability: Availability | undefined): ListDocument['kernels'][number] {
  const { available = false, reason, detail, isas } = availability ?? {};
  return {
    id: kernel.id,
    backend: kernel.backend,
    available,
    ...(kernel.broken && { broken: true }),
    ...(reason && { reason }),
    ...(detail && { detail }),
    precisions: [...kernel.precisions],
    boundaries: [...kernel.boundaries],
    stencils: [...kernel.stencils],
    ...(isas && { isas }),
    parameters: kernel.parameters.map((parameter) =>
      parameter.choices === undefined
        ? { name: parameter.name, default: parameter.default, min: parameter.min, max: parameter.max }
        : { name: parameter.name, default: parameter.default, choices: [...parameter.choices] },
    ),
  };
}

function kernelTable(kernels: ListDocument['kernels'], terminal: Terminal): string {
  const headings = ['kernel', 'backend', 'runsHere', 'precisions', 'boundaries', 'isas', 'parameters'] as const;
  const rows = kernels.map(({ id, backend, available, broken, precisions, boundaries, isas, parameters }) => [
    id,
    backend,
    terminal.word(available ? (broken ? 'wrongOnPurpose' : 'yes') : 'no'),
    precisions.join(' '),
    boundaries.join(' '),
    (isas ?? []).join(' '),
    parameters.map((parameter) => `${parameter.name}=${parameter.default}`).join(' '),
  ]);
  return textTable(
    headings.map((word) => ({ heading: terminal.word(word) })),
    rows,
  );
}

function exerciseTable(exercises: ListDocument['exercises'], terminal: Terminal): string {
  const headings = ['exercise', 'day', 'title', 'kernels'] as const;
  const rows = exercises.map(({ id, day, title, kernels }) => [id, String(day), title[terminal.language], kernels.join(' ')]);
  return textTable(
    headings.map((word) => ({ heading: terminal.word(word) })),
    rows,
  );
}

export const addList: AddCommand = (program, invocation) => {
  program
    .command('list')
    .description('kernels and exercises: what runs here, and why not')
    .option('--json', 'one JSON document')
    .action(async (options: { json?: boolean }) => {
      const terminal = terminalFor(invocation, options);
      const hello = await withTemporaryLab((lab) => lab.hello());
      const kernels = KERNELS.map((kernel) =>
        kernelEntry(
          kernel,
          hello.kernels.find((availability) => availability.kernel === kernel.id),
        ),
      );
      const exercises = EXERCISES.map(({ id, day, title, variants }) => ({
        id,
        day,
        title,
        kernels: [...new Set(variants.map(({ kernel }) => kernel))],
      }));
      const why = skippedLines(skippedKernels(hello.kernels), terminal);
      terminal.print([[kernelTable(kernels, terminal), ...why].join('\n'), exerciseTable(exercises, terminal)].join('\n\n'));
      terminal.document(listDocumentSchema, { schemaVersion: JSON_SCHEMA_VERSION, kernels, exercises });
      invocation.exitCode = EXIT.ok;
    });
};
