/**
 * A process that holds a lab and measures until it is killed, telling its parent of every sample that the lab announces.
 * `argv`: data folder, session path.
 */
import { Lab } from '../../electron/engine/lab.ts';
import { createRunners } from '../../electron/engine/runners/runners.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';

export interface LabMessage {
  readonly samples: number;
  readonly runnerPid: number | undefined;
}

const [dataFolder = '', sessionPath = ''] = process.argv.slice(2);
const runners = createRunners();
const lab = await Lab.open({ appVersion: '0.0.0', dataFolder, sessionPath, create: true, runners });
let samples = 0;
lab.events.on('samples', (event) => {
  samples += event.samples.length;
  process.send?.({ samples, runnerPid: runners.javascript.pid } satisfies LabMessage);
});
await lab.startRun({
  convention: DEFAULT_CONVENTION,
  grid: { rows: 200, cols: 300 },
  steps: 1_000_000,
  rounds: 5,
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  variants: [{ kernel: 'javascript' }],
});
