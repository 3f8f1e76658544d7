/** Measures the ceilings of this machine, with its progress on the terminal; Ctrl-C ends it. */
import type { Lab } from '../engine/lab.ts';
import type { Ceilings } from '../shared/ceilings.ts';
import { interruptible } from './lab-run.ts';
import type { Terminal } from './terminal.ts';

export async function measureCeilings(lab: Lab, terminal: Terminal): Promise<Ceilings> {
  const label = terminal.word('measuringCeilings');
  const leave = lab.events.on('ceilingsProgress', (progress) => terminal.progress({ label, ...progress }));
  terminal.beginProgress();
  try {
    return await interruptible(
      () => lab.cancelCeilings(),
      () => lab.measureCeilings(),
    );
  } finally {
    leave();
    terminal.clearProgress();
  }
}
