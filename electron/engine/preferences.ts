/**
 * What the app remembers of this person between two starts: preferences and recent sessions, each a small JSON file in the
 * data folder. A file that is missing, broken or of another version is the same as none.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Preferences, preferencesSchema } from '../shared/contract.ts';
import { TroubleError } from '../shared/trouble.ts';

const MAX_RECENT = 30;
const recentSchema = z.array(z.string().min(1).max(4096)).max(1000);

function defaultPreferences(): Preferences {
  const french = Intl.DateTimeFormat().resolvedOptions().locale.toLowerCase().startsWith('fr');
  return { language: french ? 'fr' : 'en', theme: 'dark', adapter: 'auto' };
}

function readJson<S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function writeJson(path: string, value: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Written beside and renamed: a kill in between leaves the old file whole.
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    throw new TroubleError({ code: 'cannot-write', path, detail: (error as Error).message });
  }
}

export class Memory {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get preferences(): Preferences {
    return readJson(join(this.#folder, 'preferences.json'), preferencesSchema) ?? defaultPreferences();
  }

  /** Throws `cannot-write`. */
  remember(preferences: Preferences): Preferences {
    const checked = preferencesSchema.parse(preferences);
    writeJson(join(this.#folder, 'preferences.json'), checked);
    return checked;
  }

  /** Paths of sessions opened or saved by name, latest first. */
  get recentSessions(): string[] {
    return readJson(join(this.#folder, 'recent.json'), recentSchema) ?? [];
  }

  /** A list that cannot be written is no reason to refuse the session. */
  addRecent(path: string): void {
    const paths = [path, ...this.recentSessions.filter((other) => other !== path)].slice(0, MAX_RECENT);
    try {
      writeJson(join(this.#folder, 'recent.json'), paths);
    } catch (error) {
      console.error('The list of recent sessions was not written:', error);
    }
  }
}
