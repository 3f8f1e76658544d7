/** Rounds of one variant in a real runner child, asked for as the engine asks. */
import { type ChildProcess, fork } from 'node:child_process';
import { runnerEntry } from '../../electron/engine/resources.ts';
import { runnerEnvironment } from '../../electron/engine/runners/runner-environment.ts';
import type { FromRunner, RoundJob, ToRunner } from '../../electron/runner/protocol.ts';
import type { Sample } from '../../electron/shared/run.ts';
import { secondsPerStepOfRounds } from '../../electron/shared/statistics.ts';

export interface RunnerRound {
  readonly secondsPerStep: number;
  readonly meanV: number;
}

export class RunnerRounds {
  readonly #child: ChildProcess;

  constructor(root: string) {
    const env = runnerEnvironment(process.env);
    this.#child = fork(runnerEntry(), ['native', root], { serialization: 'advanced', env });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the runner did not start');
    return this.#child.pid;
  }

  run(job: RoundJob): Promise<RunnerRound> {
    const samples: Sample[] = [];
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.#child.removeAllListeners();
        end();
      };
      this.#child.on('exit', (code) => settle(() => reject(new Error(`the runner ended with ${code}`))));
      this.#child.on('message', (message) => {
        const told = message as FromRunner;
        if (told.type === 'samples') samples.push(...told.samples);
        if (told.type === 'trouble') settle(() => reject(new Error(JSON.stringify(told.trouble))));
        if (told.type === 'roundDone') {
          const secondsPerStep = secondsPerStepOfRounds(samples)[0] ?? Number.NaN;
          settle(() => resolve({ secondsPerStep, meanV: told.field.meanV ?? Number.NaN }));
        }
      });
      this.#child.send({ type: 'round', job } satisfies ToRunner);
    });
  }

  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
