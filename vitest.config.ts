import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Compiled code is kept from one process to the next: much of what a short command takes is compiling itself.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache', 'compiled');

/** What a build of the app writes into `out/`, which every window is served from. */
const BUILDS = ['tests/package.test.ts', 'tests/start.test.ts'];

/** Limits for what never ends, on the slowest of machines: no test is about time. */
const LIMIT = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 300_000 } } };

export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      // One after the other. Vitest's own default leaves a processor to itself, which on two is half of the machine.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['kernels/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
          maxWorkers: '100%',
          ...LIMIT,
        },
      },
      // What drives whole processes, two files at a time: each is many processes and is idle for much of its time.
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts'],
          exclude: BUILDS,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...LIMIT,
        },
      },
      {
        extends: true,
        test: { name: 'builds', include: BUILDS, fileParallelism: false, sequence: { groupOrder: 2 }, ...LIMIT },
      },
    ],
    reporters: ['default', './tests/closing-line.ts'],
  },
});
