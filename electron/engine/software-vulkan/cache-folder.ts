/**
 * Folders of files that can be made again at any time, such as an unpacked driver. A folder appears whole or not at
 * all, whatever dies in between and however many processes make it at once.
 */
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Places for them, best first: the user's cache, else a folder of the user's own among the temporary files. */
function cacheRoots(): string[] {
  const own = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [join(own, 'gray-scott-lab'), join(tmpdir(), `gray-scott-lab-${userInfo().uid}`)];
}

/** The folder `name` of the user's cache, filled by `fill` when it does not exist yet. */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  let failure: unknown;
  for (const root of cacheRoots()) {
    try {
      return await folderMadeWhole(join(root, name), fill);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** `path`, filled beside itself and then renamed; when another process was faster, its folder is taken. */
export async function folderMadeWhole(path: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (await exists(path)) return path;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const making = await mkdtemp(`${path}.making-`);
  try {
    await fill(making);
    await rename(making, path);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!(await exists(path))) throw error;
  }
  return path;
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
