/**
 * What the app remembers of this person between two starts: preferences and recent sessions, each a small JSON file in the
 * data folder.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { type Preferences, preferencesSchema } from '../shared/contract.ts';
import { readJson, writeJson } from './json-file.ts';

const MAX_RECENT = 30;
const recentSchema = z.array(z.string().min(1).max(4096)).max(1000);

function defaultPreferences(): Preferences {
  const french = Intl.DateTimeFormat().resolvedOptions().locale.toLowerCase().startsWith('fr');
  return { language: french ? 'fr' : 'en', theme: 'dark', adapter: 'auto' };
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
