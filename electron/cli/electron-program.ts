/**
 * Electron's program in `node_modules`, when it is there. `require('electron')` is never asked: where the program is
 * missing it starts a download and throws when that fails.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
};

/** Its path, or undefined. `ELECTRON_OVERRIDE_DIST_PATH` names another unpacked Electron, as Electron's own package has it. */
export function findElectron(root: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const packageFolder = join(root, 'node_modules', 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : (EXECUTABLES[platform] ?? 'electron');
  const program = join(environment.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, 'dist'), name);
  return existsSync(program) ? program : undefined;
}

export interface ElectronRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly spawn?: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
}

/** An Electron that fails sooner never opened a window: no usable sandbox, no display server, a missing library. */
const STARTING_MILLISECONDS = 5_000;

/** Runs it to its end. `refused`: it could not open a window; what it printed about that is returned, not shown. */
export function runElectron(run: ElectronRun): Promise<{ outcome: 'ended'; exitCode: number } | { outcome: 'refused'; said: string }> {
  return new Promise((resolve) => {
    const child = (run.spawn ?? spawn)(run.program, run.args, { stdio: ['inherit', 'inherit', 'pipe'], env: run.environment });
    let said = '';
    let isStarting = true;
    const started = setTimeout(() => {
      isStarting = false;
      process.stderr.write(said);
    }, STARTING_MILLISECONDS);
    child.stderr?.on('data', (text: Buffer) => {
      if (isStarting) said += text;
      else process.stderr.write(text);
    });
    const end = (exitCode: number) => {
      clearTimeout(started);
      resolve(isStarting && exitCode !== 0 ? { outcome: 'refused', said } : { outcome: 'ended', exitCode });
    };
    child.once('error', (error) => {
      said += error.message;
      end(1);
    });
    child.once('exit', (code) => end(code ?? 1));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  });
}
