/**
 * Builds parts of the app as `electron.vite.config.ts` says, in a process of its own: the bundler changes
 * `NODE_ENV`, holds hundreds of megabytes and prints what a person starting the lab does not want to read.
 * Arguments: `renderer`, or `main preload`.
 */
import { resolve } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';

const PARTS = ['main', 'preload', 'renderer'] as const;
const root = resolve(import.meta.dirname, '..', '..');

const { config } = await resolveConfig(
  { root, configFile: resolve(root, 'electron.vite.config.ts'), logLevel: 'error' },
  'build',
  'production',
);
for (const part of PARTS.filter((name) => process.argv.includes(name))) await build(config?.[part]);
