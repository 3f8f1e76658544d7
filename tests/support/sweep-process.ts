/**
 * A process that holds a lab and makes a sweep of two hundred points, or takes the one of its session up again, until it is
 * done or killed. It tells its parent of every turn that ended. `argv`: data folder, session path.
 */
import { existsSync } from 'node:fs';
import { Lab } from '../../electron/engine/lab.ts';
import { createRunners } from '../../electron/engine/runners/runners.ts';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import { ScriptedRunner } from './scripted-runner.ts';

export const POINTS = 200;

/** What is told at each end of a turn, and at the end of all. */
export type SweepMessage = 'turn' | 'done';

const [dataFolder, sessionPath] = process.argv.slice(2);
// Only as a process of its own: the test imports what is above.
if (dataFolder !== undefined && sessionPath !== undefined && process.send !== undefined) {
  const tell = (message: SweepMessage) => process.send?.(message);
  const begun = existsSync(sessionPath);
  // A graphics driver would take longer to start than the sweep.
  const none = new ScriptedRunner({ report: { kernels: [], adapters: [] } });
  const runners = { ...createRunners(), webgpu: none, javascript: none };
  const lab = await Lab.open({ appVersion: '0.0.0', dataFolder, sessionPath, create: !begun, runners });
  lab.events.on('variantUpdated', ({ status }) => {
    if (status === 'done') tell('turn');
  });
  const [run] = lab.session.read().runs;
  if (run === undefined) {
    const variants = Array.from({ length: POINTS }, (_, point) => ({
      kernel: 'aos_flat',
      threads: 1,
      isa: 'baseline' as const,
      steps: point + 1,
      warmUp: false,
    }));
    await lab.startRun({
      convention: DEFAULT_CONVENTION,
      ...{ grid: { rows: 32, cols: 32 }, steps: 1, rounds: 1, variants },
      ...{ display: false, flushSubnormals: true, pin: false, keepField: false },
    });
  } else await lab.continueRun(run.id, {});
  await lab.waitForRun(1);
  await lab.close();
  tell('done');
  process.disconnect?.();
}
