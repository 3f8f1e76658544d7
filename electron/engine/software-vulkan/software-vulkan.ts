/**
 * Gives the GPU runner a software Vulkan driver on Linux, so that GPU kernels run without a GPU. The driver is
 * SwiftShader, which comes with every Electron, Chrome and Chromium, and with the development dependency
 * `@sparticuz/chromium`. Mesa's own software driver needs nothing from here: the Vulkan loader finds it by itself.
 *
 * It is added to the system's drivers, never put in their place: with `VK_ADD_DRIVER_FILES` where the system has any
 * (loaders before 1.3.206 ignore it, and the system's own drivers go on working), with the older variables that every
 * loader knows where it has none. Windows has WARP through D3D12 and macOS always has a GPU.
 *
 * The variables must stand in the runner's environment when it starts: the dynamic linker reads them only then.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBrotliTar } from './brotli-tar.ts';
import { cachedFolder, exists } from './cache-folder.ts';

export interface SoftwareVulkanOptions {
  /** Folders of an Electron or a Chromium, looked into before the usual places. */
  readonly folders?: readonly string[];
}

interface SoftwareDriver {
  /** Manifest that names the driver's library. */
  readonly manifest: string;
  /** Folder with `libvulkan.so.1`, and no library of the system's in it, when the driver came with a loader. */
  readonly loaderFolder?: string;
}

const DRIVER = 'libvk_swiftshader.so';
const LOADER = 'libvulkan.so.1';
const MANIFEST = 'icd.json';
/** How the cache names a driver that lies elsewhere. */
const USED_IN_PLACE = 'swiftshader-at-';

const BROWSER_FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium',
  '/usr/lib/chromium-browser',
  '/usr/lib64/chromium-browser',
  '/opt/google/chrome',
  '/opt/google/chrome-beta',
  '/opt/microsoft/msedge',
  '/opt/brave.com/brave',
  '/opt/vivaldi',
  '/snap/chromium/current/usr/lib/chromium-browser',
];

let found: Promise<Record<string, string> | null> | undefined;

/** Variables to add to the GPU runner's environment; null when there is nothing to add. Looked for once. */
export function softwareVulkanEnvironment(options: SoftwareVulkanOptions = {}): Promise<Record<string, string> | null> {
  found ??= process.platform === 'linux' ? environment(options).catch(() => null) : Promise.resolve(null);
  return found;
}

async function environment(options: SoftwareVulkanOptions): Promise<Record<string, string> | null> {
  // Someone who has chosen the drivers by hand has chosen.
  if (process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES || process.env.VK_ADD_DRIVER_FILES) return null;
  const driver = (await fromBrowser(options.folders ?? [])) ?? (await fromDevelopmentPackage());
  if (driver === null) return null;
  const drivers: Record<string, string> = (await systemHasDrivers())
    ? { VK_ADD_DRIVER_FILES: driver.manifest }
    : { VK_DRIVER_FILES: driver.manifest, VK_ICD_FILENAMES: driver.manifest };
  if (await systemHasLoader()) return drivers;
  if (driver.loaderFolder === undefined) return null;
  // Last, so that it stands in for nothing the user has put there.
  return { ...drivers, LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, driver.loaderFolder].filter(Boolean).join(':') };
}

/** The driver beside Electron's or a browser's binary, used where it lies. */
async function fromBrowser(folders: readonly string[]): Promise<SoftwareDriver | null> {
  // Packaged, the engine's Node is `resources/engine/node` inside Electron's folder.
  const aroundEngine = join(dirname(process.execPath), '..', '..');
  for (const folder of [...folders, aroundEngine, ...electronFolder(), ...BROWSER_FOLDERS]) {
    const library = join(folder, DRIVER);
    if (!(await exists(library))) continue;
    const loader = join(folder, LOADER);
    const hasLoader = await exists(loader);
    const name = `${USED_IN_PLACE}${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
    const made = await cachedFolder(name, async (making) => {
      await writeManifest(making, library);
      if (hasLoader) await symlink(loader, join(making, LOADER));
      await forgetGoneDrivers(dirname(making));
    });
    return { manifest: join(made, MANIFEST), ...(hasLoader ? { loaderFolder: made } : {}) };
  }
  return null;
}

/** An AppImage is mounted somewhere else each time: manifests whose library is gone are removed. */
async function forgetGoneDrivers(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(USED_IN_PLACE) || name.includes('.')) continue;
    const manifest = await readFile(join(cache, name, MANIFEST), 'utf8').catch(() => undefined);
    if (manifest === undefined) continue;
    const { ICD } = JSON.parse(manifest) as { ICD: { library_path: string } };
    if (!(await exists(ICD.library_path))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

function electronFolder(): string[] {
  const packageFile = findPackage('electron');
  return packageFile === undefined ? [] : [join(dirname(packageFile), 'dist')];
}

/** The driver inside `@sparticuz/chromium`, unpacked into the user's cache. */
async function fromDevelopmentPackage(): Promise<SoftwareDriver | null> {
  const packageFile = process.arch === 'x64' ? findPackage('@sparticuz/chromium') : undefined;
  if (packageFile === undefined) return null;
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  const archive = join(dirname(packageFile), 'bin', 'swiftshader.tar.br');
  const folder = await cachedFolder(`swiftshader-of-chromium-${version}`, async (making) => {
    const files = await readBrotliTar(archive);
    for (const name of [DRIVER, LOADER]) {
      const file = files.find((candidate) => candidate.name === name);
      if (file === undefined) throw new Error(`${archive} holds no ${name}`);
      await writeFile(join(making, name), file.bytes, { mode: 0o755 });
    }
    // Relative to the manifest itself, which the folder's final name does not change.
    await writeManifest(making, `./${DRIVER}`);
  });
  return { manifest: join(folder, MANIFEST), loaderFolder: folder };
}

function findPackage(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url);
  } catch {
    return undefined;
  }
}

/** Version as in the manifest that SwiftShader's own build writes; the loader asks the driver for the real one. */
async function writeManifest(folder: string, library: string): Promise<void> {
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.0.5' } };
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest));
}

/** Whether any driver is installed where the Vulkan loader looks. */
async function systemHasDrivers(): Promise<boolean> {
  const dataFolders = (process.env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':');
  const userFolder = process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
  const folders = ['/etc', '/usr/local/etc', '/etc/xdg', userFolder, '/run/opengl-driver/share', ...dataFolders];
  for (const folder of folders) {
    const names = await readdir(join(folder, 'vulkan', 'icd.d')).catch(() => []);
    if (names.some((name) => name.endsWith('.json'))) return true;
  }
  return false;
}

/** Whether the dynamic linker will find a Vulkan loader of this architecture. */
async function systemHasLoader(): Promise<boolean> {
  const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch as string] ?? '';
  const folders = [
    ...(process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean),
    ...['/usr/lib', '/lib', '/usr/local/lib'].flatMap((folder) => [join(folder, triplet), `${folder}64`]),
  ];
  for (const folder of folders) if (await exists(join(folder, LOADER))) return true;
  const cache = await readFile('/etc/ld.so.cache', 'latin1').catch(() => '');
  const cached = [...cache.matchAll(/\/[^\0]*\/libvulkan\.so\.1(?=\0)/g)].map(([path]) => path);
  for (const path of cached) if (!/\/(i386-linux-gnu|lib32|i686)\//.test(path) && (await exists(path))) return true;
  return false;
}
