/**
 * Where the program's own files and the person's own files are, from source and packaged alike. Nothing here is
 * configured at build time: the places are found from this very file, which may be a bundle's chunk.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

function ancestors(start: string): string[] {
  const folders = [start];
  for (let folder = start; dirname(folder) !== folder; ) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

function nearestHolding(...parts: string[]): string {
  const found = ancestors(import.meta.dirname).find((folder) => existsSync(join(folder, ...parts)));
  if (found === undefined) throw new Error(`${parts.join('/')} is in no folder above ${import.meta.dirname}`);
  return found;
}

/** The folder that holds `kernels/` and `native/`: the checkout, or the packaged app's resources. */
export function resourceRoot(): string {
  return nearestHolding('kernels', 'wgsl');
}

/** The script that a runner child executes. */
export function runnerEntry(): string {
  if (import.meta.filename.endsWith('.ts')) return join(import.meta.dirname, '..', 'runner', 'main.ts');
  return join(nearestHolding('runner.mjs'), 'runner.mjs');
}

/** Where preferences and unnamed sessions live, for this user; `GSLAB_DATA` puts it elsewhere. Not created here. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment.GSLAB_DATA;
  if (chosen) return chosen;
  const home = homedir();
  switch (platform) {
    case 'win32':
      return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Gray-Scott Lab');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Gray-Scott Lab');
    default: {
      const base = environment.XDG_DATA_HOME;
      // The XDG base directory specification: a relative path there is invalid and ignored.
      return join(base && isAbsolute(base) ? base : join(home, '.local', 'share'), 'gray-scott-lab');
    }
  }
}
