/**
 * A folder that looks like an unpacked Electron for Linux to electron-builder: the program is a script that carries
 * a fuse wire, and beside it lies what a real one has and the engine uses, SwiftShader with its Vulkan loader.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { readBrotliTar } from '../../electron/engine/software-vulkan/brotli-tar.ts';

/** How `@electron/fuses` finds the wire: this text, a version, a length, one character for each fuse. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The wire of a fresh Electron: 1 is on, 0 is off. */
const FRESH_FUSES = '101100010';

/** Fuses by their place in the wire. */
export const FUSES = {
  runAsNode: 0,
  cookieEncryption: 1,
  nodeOptions: 2,
  nodeInspect: 3,
  asarIntegrity: 4,
  onlyFromAsar: 5,
  filePrivileges: 7,
} as const;

const packageFolder = (name: string) => dirname(findPackageJSON(name, import.meta.url) ?? '');

export async function makeStandInDistribution(folder: string): Promise<void> {
  for (const name of ['locales', 'resources']) await mkdir(join(folder, name), { recursive: true });
  const { version } = JSON.parse(await readFile(join(packageFolder('electron'), 'package.json'), 'utf8')) as { version: string };
  const wire = `${FUSE_SENTINEL}\u0001${String.fromCharCode(FRESH_FUSES.length)}${FRESH_FUSES}`;
  await writeFile(join(folder, 'electron'), `#!/bin/sh\nexit 0\n# ${wire}\n`, { mode: 0o755, encoding: 'latin1' });
  await writeFile(join(folder, 'version'), version);
  await writeFile(join(folder, 'LICENSE'), 'stand-in');
  await writeFile(join(folder, 'LICENSES.chromium.html'), 'stand-in');
  await writeFile(join(folder, 'locales', 'en-US.pak'), 'stand-in');
  const swiftShader = await readBrotliTar(join(packageFolder('@sparticuz/chromium'), 'bin', 'swiftshader.tar.br'));
  for (const { name, bytes } of swiftShader) {
    if (/^lib(vk_swiftshader\.so|vulkan\.so\.1)$/.test(name)) await writeFile(join(folder, name), bytes, { mode: 0o755 });
  }
  const manifest = { file_format_version: '1.0.0', ICD: { library_path: './libvk_swiftshader.so', api_version: '1.0.5' } };
  await writeFile(join(folder, 'vk_swiftshader_icd.json'), JSON.stringify(manifest));
}
