/**
 * What the shell remembers between two starts: the window's place, the menu's language, recent session files. A
 * missing or damaged file means the defaults; it is never worth a message. What the page shows (theme, language,
 * adapter) is the engine's to remember; the copy here serves the menu and the first paint, before the engine speaks.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language, THEMES } from '../shared/contract.ts';

const RECENT_FILES = 10;

const boundsSchema = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() });
export type Bounds = z.infer<typeof boundsSchema>;

const rememberedSchema = z.object({
  /** Of the window when it is neither maximised nor full screen. */
  bounds: boundsSchema.optional(),
  maximized: z.boolean(),
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  /** Newest first. */
  recentFiles: z.array(z.string().max(4096)).max(RECENT_FILES),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** `locale` is the system's, e.g. `fr-CA`. */
export function readRemembered(path: string, locale: string): Remembered {
  try {
    return rememberedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    const language: Language = locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
    return { maximized: false, language, theme: 'dark', recentFiles: [] };
  }
}

/** Replaces the file as a whole; a disk that refuses costs the memory, not the session. */
export function writeRemembered(path: string, remembered: Remembered): void {
  const besides = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(besides, `${JSON.stringify(remembered, null, 2)}\n`);
    renameSync(besides, path);
  } catch (error) {
    console.warn(`The window's place was not remembered: ${error instanceof Error ? error.message : error}`);
  }
}

export function withRecentFile(remembered: Remembered, file: string): Remembered {
  return { ...remembered, recentFiles: [file, ...remembered.recentFiles.filter((other) => other !== file)].slice(0, RECENT_FILES) };
}

/** The remembered place, or nothing when no screen shows enough of it to grab (a projector that is gone). */
export function visibleBounds(bounds: Bounds | undefined, workAreas: readonly Bounds[]): Bounds | undefined {
  if (bounds === undefined) return undefined;
  const seen = workAreas.some((area) => {
    const shownWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const titleIsInside = bounds.y >= area.y && bounds.y < area.y + area.height - 40;
    return shownWidth >= 160 && titleIsInside;
  });
  return seen ? bounds : undefined;
}
