import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { softwareVulkanEnvironment } from './software-vulkan.ts';

const VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES', 'LD_LIBRARY_PATH'];

/** The module as a new process has it: it looks only once. */
async function lookAfresh(options: Parameters<typeof softwareVulkanEnvironment>[0] = {}): Promise<Record<string, string> | null> {
  vi.resetModules();
  return (await import('./software-vulkan.ts')).softwareVulkanEnvironment(options);
}

describe.skipIf(process.platform !== 'linux')('softwareVulkanEnvironment', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gslab-vulkan-'));
    for (const name of VARIABLES) vi.stubEnv(name, undefined);
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const driverOf = async (environment: Record<string, string> | null): Promise<string> => {
    const manifest = environment?.VK_ADD_DRIVER_FILES ?? environment?.VK_DRIVER_FILES ?? '';
    return (JSON.parse(await readFile(manifest, 'utf8')) as { ICD: { library_path: string } }).ICD.library_path;
  };

  it('takes the driver of the given Electron or Chromium folder where it lies', async () => {
    await writeFile(join(folder, 'libvk_swiftshader.so'), 'a driver');
    await writeFile(join(folder, 'libvulkan.so.1'), 'a loader');
    const environment = await lookAfresh({ folders: [folder] });
    expect(await driverOf(environment)).toBe(join(folder, 'libvk_swiftshader.so'));
    for (const name of Object.keys(environment ?? {})) expect(VARIABLES).toContain(name);
    if (environment?.LD_LIBRARY_PATH !== undefined) {
      expect(await readFile(join(environment.LD_LIBRARY_PATH, 'libvulkan.so.1'), 'utf8')).toBe('a loader');
      await expect(stat(join(environment.LD_LIBRARY_PATH, 'libvk_swiftshader.so'))).rejects.toThrow('ENOENT');
    }
  });

  it('forgets a driver that has gone, as an AppImage’s does', async () => {
    const mounts = ['first', 'second'].map((name) => join(folder, name));
    for (const mount of mounts) {
      await mkdir(mount);
      await writeFile(join(mount, 'libvk_swiftshader.so'), 'a driver');
    }
    const manifestOf = async (mount: string) => {
      vi.stubEnv('LD_LIBRARY_PATH', mount);
      await writeFile(join(mount, 'libvulkan.so.1'), 'a loader');
      const environment = await lookAfresh({ folders: [mount] });
      return environment?.VK_ADD_DRIVER_FILES ?? environment?.VK_DRIVER_FILES ?? '';
    };
    const first = await manifestOf(mounts[0]!);
    await rm(mounts[0]!, { recursive: true });
    const second = await manifestOf(mounts[1]!);
    await expect(stat(first)).rejects.toThrow('ENOENT');
    await expect(stat(second)).resolves.toBeDefined();
  });

  it.skipIf(process.arch !== 'x64')('unpacks the development dependency once, several at a time', async () => {
    const all = await Promise.all([lookAfresh(), lookAfresh(), lookAfresh()]);
    for (const environment of all) expect(environment).toEqual(all[0]);
    expect(await driverOf(all[0]!)).toMatch(/libvk_swiftshader\.so$/);
  });

  it('keeps what LD_LIBRARY_PATH held', async () => {
    vi.stubEnv('LD_LIBRARY_PATH', '/somewhere/of/mine');
    const path = (await lookAfresh())?.LD_LIBRARY_PATH;
    if (path !== undefined) expect(path.startsWith('/somewhere/of/mine:')).toBe(true);
  });

  it('leaves the choice to whoever has made it', async () => {
    vi.stubEnv('VK_DRIVER_FILES', '/mine.json');
    expect(await lookAfresh()).toBeNull();
  });
});
