/** The file that a round's images go to: each is on the disk when its write ends, and the file is gone with the round. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Field } from '../../kernels/model.ts';
import { TroubleError } from '../shared/trouble.ts';

export interface ImageFile {
  /** Appends V as it lies in memory, row after row. One at a time. */
  write(field: Field): Promise<void>;
  close(): Promise<void>;
}

const cannotWrite = (path: string) => (error: Error) => {
  throw new TroubleError({ code: 'cannot-write', path, detail: error.message });
};

export async function openImageFile(): Promise<ImageFile> {
  const folder = await mkdtemp(join(tmpdir(), 'gslab-images-')).catch(cannotWrite(tmpdir()));
  const path = join(folder, 'v.raw');
  const file = await open(path, 'w').catch(cannotWrite(path));
  return {
    async write({ v }) {
      await file.writeFile(new Uint8Array(v.buffer, v.byteOffset, v.byteLength)).catch(cannotWrite(path));
      // Else a write would end in the system's memory, and what is timed would be a promise to write later.
      await file.datasync().catch(cannotWrite(path));
    },
    async close() {
      await file.close().catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}
