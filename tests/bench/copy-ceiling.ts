/** What memory gives a kernel that only copies: rounds of it, beside those of the kernels. */
import type { Adapter } from '../../electron/shared/run.ts';
import { startWebgpuProcess } from '../support/webgpu-process.ts';
import type { Subject } from './interleaved.ts';

/** Timed work in one round. */
export const ROUND_SECONDS = 0.2;
const TRIAL_COPIES = 8;
export const COPY = 'copy';

type Copier = Awaited<ReturnType<typeof startWebgpuProcess<typeof import('./copy-cases.ts')>>>;

/** Copies that take about as long as a round, measured by the clock of the wall and, where it has one, the GPU's. */
export class CopyCeiling implements Subject {
  readonly name = COPY;
  readonly side: number;
  readonly wallCellsPerSecond: number[] = [];
  readonly gpuCellsPerSecond: number[] = [];
  readonly #copier: Copier;
  #times = 1;

  private constructor(copier: Copier, side: number) {
    this.#copier = copier;
    this.side = side;
  }

  static async open(adapter: Adapter, side: number): Promise<CopyCeiling> {
    const copier: Copier = await startWebgpuProcess(new URL('./copy-cases.ts', import.meta.url));
    const ceiling = new CopyCeiling(copier, side);
    try {
      await copier.call('openCopy', adapter.id, side);
      const { seconds } = await copier.call('copy', TRIAL_COPIES);
      ceiling.#times = Math.max(1, Math.round((TRIAL_COPIES * ROUND_SECONDS) / seconds));
    } catch (error) {
      await ceiling.close();
      throw error;
    }
    return ceiling;
  }

  async round(): Promise<number> {
    const { seconds, gpuSeconds } = await this.#copier.call('copy', this.#times);
    const cells = this.#times * this.side ** 2;
    this.wallCellsPerSecond.push(cells / seconds);
    if (gpuSeconds !== undefined) this.gpuCellsPerSecond.push(cells / gpuSeconds);
    return cells / seconds;
  }

  async close(): Promise<void> {
    await this.#copier.end();
  }
}
