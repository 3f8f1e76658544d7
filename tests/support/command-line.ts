/** Runs the real command line as a child process, as a person or a script would. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');
const ENTRY = join(PROJECT_ROOT, 'electron', 'cli', 'main.ts');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd: string;
  /** Preferences and locks of this run, away from the person's own. */
  readonly dataFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the process once it has started. */
  readonly onStart?: (child: ReturnType<typeof spawn>) => void;
}

export function gslab(words: readonly string[], settings: RunSettings): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...words], {
      cwd: settings.cwd,
      env: { ...process.env, GSLAB_DATA: settings.dataFolder, GSLAB_DEBUG: '', NODE_OPTIONS: '', ...settings.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]!.setEncoding('utf8');
      child[name]!.on('data', (text: string) => {
        said[name] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: said.stdout, stderr: stripVTControlCharacters(said.stderr) }));
    settings.onStart?.(child);
  });
}
