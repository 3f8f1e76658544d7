/** Small JSON files of the data folder. One that is missing, broken or of another version is the same as none. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { TroubleError } from '../shared/trouble.ts';

export function readJson<S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Throws `cannot-write`. */
export function writeJson(path: string, value: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Written beside and renamed: a kill in between leaves the old file whole.
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    throw new TroubleError({ code: 'cannot-write', path, detail: (error as Error).message });
  }
}
