/**
 * The thread that runs the JavaScript kernel. It has the fields as shared memory, gets the number of steps as a
 * message, and answers with the seconds that stepping took, measured here so that no message is inside.
 *
 * While it steps it hears no messages: a cancel is a flag in shared memory, looked at after every band of rows.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { stepRows } from '../../../kernels/javascript.ts';
import type { Convention, Field, Grid } from '../../../kernels/model.ts';

export interface WorkerStart {
  readonly states: readonly [Field, Field];
  readonly grid: Grid;
  readonly convention: Convention;
  /** One element: 1 once cancelled. */
  readonly cancelled: Int32Array;
}

export interface WorkerRequest {
  readonly steps: number;
  /** Which of the two states is the current one. */
  readonly current: 0 | 1;
}

/** `seconds` is null when the cancel was seen. */
export interface WorkerAnswer {
  readonly seconds: number | null;
}

/** About a millisecond of work. */
const CELLS_BETWEEN_LOOKS = 65_536;

const { states, grid, convention, cancelled } = workerData as WorkerStart;
const port = parentPort!;
const rowsPerBand = Math.max(1, Math.floor(CELLS_BETWEEN_LOOKS / grid.cols));

/** Whether all steps were done. */
function advance(steps: number, current: number): boolean {
  for (let step = 0; step < steps; step++) {
    const from = states[(current + step) % 2]!;
    const to = states[(current + step + 1) % 2]!;
    for (let row = 0; row < grid.rows; row += rowsPerBand) {
      if (Atomics.load(cancelled, 0) !== 0) return false;
      stepRows(from, to, grid, convention, row, Math.min(row + rowsPerBand, grid.rows));
    }
  }
  return true;
}

port.on('message', ({ steps, current }: WorkerRequest) => {
  const begin = performance.now();
  const finished = advance(steps, current);
  const seconds = (performance.now() - begin) / 1000;
  port.postMessage({ seconds: finished ? seconds : null } satisfies WorkerAnswer);
});
