/**
 * A headless Chromium for the browser tests, out of the npm package `@sparticuz/chromium` alone: the browser, the system
 * libraries that a bare machine lacks, fonts, and SwiftShader for WebGL2. The package's own unpacking puts everything
 * into fixed places under the temporary folder and is not safe for two processes at once; this is.
 *
 * Unpacked into the repository's `.cache` (about 220 MB), once per version of the package.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { readBrotliTar } from '../../electron/engine/software-vulkan/brotli-tar.ts';
import { folderMadeWhole } from '../../electron/engine/software-vulkan/cache-folder.ts';

export interface ChromiumForTests {
  readonly executablePath: string;
  /** Whole environment to start it with. */
  readonly env: Record<string, string>;
  readonly args: string[];
}

const FONT_CONFIGURATION = 'fonts.conf';
const CACHE = join(import.meta.dirname, '..', '..', '.cache');

/** WebGL2 on SwiftShader; no sandbox, which needs privileges that a container has not; nothing fetched in the background. */
const ARGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
];

/** Rejects with a sentence where the package brings no browser: it is for 64-bit Linux on Intel and AMD. */
export async function chromiumForTests(): Promise<ChromiumForTests> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`@sparticuz/chromium has no browser for ${process.platform}-${process.arch}`);
  }
  const packageFile = findPackageJSON('@sparticuz/chromium', import.meta.url);
  if (packageFile === undefined) throw new Error('@sparticuz/chromium is not installed');
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  const folder = await folderMadeWhole(join(CACHE, `chromium-${version}`), async (making) => {
    await unpack(join(dirname(packageFile), 'bin'), making);
    await writeFile(join(making, FONT_CONFIGURATION), fontConfiguration(join(CACHE, `chromium-${version}`)));
  });
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...Object.fromEntries(inherited), LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, FONT_CONFIGURATION) },
    args: [...ARGS],
  };
}

async function unpack(archives: string, folder: string): Promise<void> {
  for (const name of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    for (const file of await readBrotliTar(join(archives, name))) {
      const path = join(folder, file.name);
      if (!path.startsWith(folder + sep)) throw new Error(`${name} holds a file outside itself: ${file.name}`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.bytes, { mode: 0o755 });
    }
  }
  const browser = createWriteStream(join(folder, 'chromium'), { mode: 0o755 });
  await pipeline(createReadStream(join(archives, 'chromium.br')), createBrotliDecompress(), browser);
}

/** The package's fonts and no others, so that a picture looks the same on every machine. */
function fontConfiguration(folder: string): string {
  return `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`;
}
