/**
 * What a GPU and its driver do to the lab: none there, no loader, errors, memory that ends, a device that goes, a process
 * that goes. Each costs the variant that met it; everything else goes on, and the next run on the GPU gets a fresh process.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lab } from '../electron/engine/lab.ts';
import { resourceRoot } from '../electron/engine/resources.ts';
import { RunnerProcess } from '../electron/engine/runners/runner-process.ts';
import { createRunners } from '../electron/engine/runners/runners.ts';
import { softwareVulkanEnvironment } from '../electron/engine/software-vulkan/software-vulkan.ts';
import type { RunRecord, RunRequest, VariantRequest } from '../electron/shared/run.ts';
import { asTrouble, type Trouble } from '../electron/shared/trouble.ts';
import { troubleText } from '../electron/shared/trouble-text.ts';
import { DEFAULT_CONVENTION } from '../kernels/model.ts';
import type { GpuFault } from './support/faulty-gpu-runner.ts';
import { firstAdapter } from './support/webgpu-process.ts';

const GPU_KERNEL = 'gpu_naive';
const CPU_KERNEL = 'javascript';
/** For any adapter to be still at them when the trouble comes. */
const FAR_TOO_MANY_STEPS = 1_000_000;
const first = await firstAdapter();
const skipped = 'reason' in first ? ` (skipped: ${first.reason})` : '';
const software = (await softwareVulkanEnvironment()) ?? {};

let folder = '';
let lab: Lab;
let gpu: RunnerProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gslab-gpu-faults-'));
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A lab whose first GPU runners are started with what is `added` for each, and every later one as it should be. */
async function openLab(added: readonly Readonly<Record<string, string>>[]): Promise<void> {
  const environments = [...added];
  gpu = new RunnerProcess('webgpu', {
    entry: join(import.meta.dirname, 'support', 'faulty-gpu-runner.ts'),
    resourceRoot: resourceRoot(),
    environment: async () => ({ GSLAB_TEST_FAULT: 'none', ...software, ...environments.shift() }),
  });
  lab = await Lab.open({ appVersion: '0.0.0', dataFolder: folder, runners: { ...createRunners(), webgpu: gpu } });
}

const request = (variants: readonly VariantRequest[]): RunRequest => ({
  convention: DEFAULT_CONVENTION,
  grid: { rows: 128, cols: 160 },
  steps: 40,
  rounds: 1,
  display: false,
  flushSubnormals: true,
  pin: false,
  keepField: false,
  variants: [...variants],
});

async function runToEnd(...variants: readonly VariantRequest[]): Promise<RunRecord> {
  const { runId } = await lab.startRun(request(variants));
  return lab.waitForRun(runId);
}

const troubleOf = (promise: Promise<unknown>): Promise<Trouble | undefined> => promise.then(() => undefined, asTrouble);

/** Each language's words, in one sentence on one line. */
function expectSentences(trouble: Trouble | undefined, words: Readonly<Record<'en' | 'fr', RegExp>>): void {
  for (const language of ['en', 'fr'] as const) {
    const sentence = troubleText(trouble!, language);
    expect(sentence).toMatch(words[language]);
    expect(sentence).toMatch(/^\p{Lu}[^\n]{20,400}[^.]\.$/u);
  }
}

async function expectSoundRun(...kernels: readonly string[]): Promise<void> {
  const run = await runToEnd(...kernels.map((kernel) => ({ kernel })));
  expect(run.variants.map(({ status, verification }) => [status, verification?.status])).toEqual(kernels.map(() => ['done', 'passed']));
}

const faults: readonly { fault: GpuFault; code: Trouble['code']; en: RegExp; fr: RegExp; samples: number }[] = [
  {
    fault: 'refuses-device',
    code: 'gpu-error',
    en: /^The GPU driver refused the work \(VK_ERROR_INITIALIZATION_FAILED\)/,
    fr: /^Le pilote du GPU a refusé le travail \(VK_ERROR_INITIALIZATION_FAILED\)/,
    samples: 0,
  },
  { fault: 'out-of-memory', code: 'out-of-memory', en: /^There is not enough memory/, fr: /^La mémoire ne suffit pas/, samples: 0 },
  { fault: 'invalid-command', code: 'gpu-error', en: /^The GPU driver refused/, fr: /^Le pilote du GPU a refusé/, samples: 3 },
  { fault: 'loses-device', code: 'gpu-lost', en: /^The GPU was lost/, fr: /^Le GPU a été perdu/, samples: 3 },
  {
    fault: 'killed-while-mapping',
    code: 'runner-died',
    en: /^The process that runs the webgpu kernels ended unexpectedly \(SIGKILL\)/,
    fr: /^Le processus qui exécute les noyaux webgpu s’est arrêté brusquement \(SIGKILL\)/,
    samples: 3,
  },
];

describe.skipIf(skipped)(`a GPU runner that meets trouble${skipped}`, () => {
  it.for(faults)(
    '$fault: one variant fails in words, the rest and the next run do not',
    async ({ fault, code, en, fr, samples }, context) => {
      // A large GPU may have room for what a software driver has not.
      if (fault === 'out-of-memory' && 'adapter' in first && first.adapter.type === 'gpu') context.skip('not a software adapter');
      await openLab([{ GSLAB_TEST_FAULT: fault }]);
      const earlier = await runToEnd({ kernel: CPU_KERNEL });
      await lab.hello();
      const faulty = gpu.pid;
      expect(faulty).toBeDefined();
      const run = await runToEnd({ kernel: GPU_KERNEL, steps: FAR_TOO_MANY_STEPS }, { kernel: CPU_KERNEL });
      expect(run.status).toBe('failed');
      const [broken, other] = run.variants;
      expect(broken).toMatchObject({ status: 'failed', trouble: { code } });
      expectSentences(broken!.trouble, { en, fr });
      expect(broken!.samples.length).toBeGreaterThanOrEqual(samples);
      expect(other).toMatchObject({ status: 'done', verification: { status: 'passed' } });
      expect(lab.session.read().runs).toEqual([earlier, run]);

      await expectSoundRun(GPU_KERNEL, CPU_KERNEL);
      expect(gpu.pid).not.toBe(faulty);
      expect(() => process.kill(faulty!, 0)).toThrow('ESRCH');
      expect(lab.session.read().runs.slice(0, 2)).toEqual([earlier, run]);
    },
  );
});

describe.skipIf(process.platform !== 'linux' || skipped)(`a machine without a GPU${skipped}`, () => {
  /** No manifest of a driver, and a loader that is none: whatever is installed here is not found. */
  const missing = {
    adapter: () => ({ VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json', VK_ADD_DRIVER_FILES: '' }),
    loader: () => {
      writeFileSync(join(folder, 'libvulkan.so.1'), 'no library');
      return { LD_LIBRARY_PATH: [folder, software.LD_LIBRARY_PATH].filter(Boolean).join(':') };
    },
  };

  it.each([
    { part: 'adapter', detail: /\(vulkan: no adapter; / },
    { part: 'loader', detail: /\(vulkan: .*libvulkan\.so\.1: (file too short|invalid ELF header)/ },
  ] as const)('no $part: GPU kernels say so, the rest runs, and what appears later is found', async ({ part, detail }) => {
    await openLab([missing[part](), missing[part]()]);
    const { kernels, adapters } = await lab.hello();
    expect(adapters).toEqual([]);
    expect(kernels.find(({ kernel }) => kernel === GPU_KERNEL)).toMatchObject({ available: false, reason: 'no-adapter' });
    const trouble = await troubleOf(runToEnd({ kernel: GPU_KERNEL }));
    expect(trouble).toMatchObject({ code: 'kernel-unavailable', kernel: GPU_KERNEL, reason: 'no-adapter' });
    expectSentences(trouble, { en: /no GPU adapter was found/, fr: /aucun adaptateur GPU n’a été trouvé/ });
    expectSentences(trouble, { en: detail, fr: detail });
    await expectSoundRun(CPU_KERNEL);
    await expectSoundRun(GPU_KERNEL);
    expect(lab.session.read().runs.map(({ status }) => status)).toEqual(['done', 'done']);
  });
});
