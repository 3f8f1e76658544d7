/** The kernels that cannot run here, with the reason: left out of a tour, never silently. */
import type { Availability } from '../shared/contract.ts';
import type { SkippedKernel } from '../shared/documents.ts';
import { unavailableText } from '../shared/trouble-text.ts';
import type { Terminal } from './terminal.ts';

export function skippedKernels(kernels: readonly Availability[], among?: readonly string[]): SkippedKernel[] {
  return kernels
    .filter(({ kernel, available }) => !available && (among === undefined || among.includes(kernel)))
    .map(({ kernel, reason = 'runner-crashing', detail = '' }) => ({ kernel, reason, detail }));
}

/** One line for all kernels with the same reason: what is missing for one is mostly missing for a whole backend. */
export function skippedLines(skipped: readonly SkippedKernel[], terminal: Terminal): string[] {
  const groups = Map.groupBy(skipped, ({ reason, detail }) => unavailableText(reason, detail, terminal.language));
  return [...groups].map(([why, members]) => terminal.labelled('skipped', `${members.map(({ kernel }) => kernel).join(', ')} · ${why}`));
}
