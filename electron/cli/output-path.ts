/**
 * Checks where a command is to write before it runs, so that no minute of measuring ends at a folder that does not
 * exist. Whether a folder takes files is tried, not asked: permissions answer differently for administrators and on
 * network drives. Nothing stays behind.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { expected } from '../shared/expectation.ts';
import { badValue } from './option-values.ts';

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

function takesFiles(folder: string): boolean {
  if (!isFolder(folder)) return false;
  const probe = join(folder, `.gslab-probe-${randomUUID()}`);
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

export interface OutputFile {
  readonly option: string;
  readonly extensions: readonly string[];
  readonly force: boolean;
}

/** The absolute path, when a file may be made there. */
export function outputFile(path: string, { option, extensions, force }: OutputFile): string {
  const full = resolve(path);
  if (!extensions.includes(extname(full).toLowerCase())) throw badValue(option, expected.fileName(extensions), path);
  if (!takesFiles(dirname(full))) throw badValue(option, expected.folder(), dirname(full));
  const present = statSync(full, { throwIfNoEntry: false });
  if (present !== undefined && (!force || !present.isFile())) throw badValue(option, expected.newFile(), path);
  return full;
}

/** The absolute path of a folder that exists, or that can be made inside one that does. */
export function outputFolder(path: string, option: string): string {
  const full = resolve(path);
  const present = statSync(full, { throwIfNoEntry: false });
  const place = present === undefined ? dirname(full) : full;
  if (!takesFiles(place)) throw badValue(option, expected.folder(), place);
  return full;
}

export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true });
}
