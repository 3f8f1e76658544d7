/**
 * `npm run package` with a stand-in of Electron, and the engine that it packed started in an empty environment: what
 * works here needs nothing of the checkout, of npm, or of the person's shell.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type EngineAddress, readAddress } from '../electron/main/engine-process.ts';
import { EngineClient } from '../electron/shared/client.ts';
import type { ExportRequest } from '../electron/shared/contract.ts';
import { runDocumentSchema } from '../electron/shared/documents.ts';
import type { RunRecord } from '../electron/shared/run.ts';
import { KERNELS } from '../kernels/catalog.ts';
import { DEFAULT_CONVENTION } from '../kernels/model.ts';
import { FUSE_SENTINEL, FUSES, makeStandInDistribution } from './electron-stand-in/distribution.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** Names of an archive's files; those that lie beside it instead are told apart. */
function readArchive(path: string): { inside: string[]; beside: string[] } {
  interface Entry {
    readonly files?: Readonly<Record<string, Entry>>;
    readonly unpacked?: boolean;
  }
  const bytes = readFileSync(path);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const found = { inside: [] as string[], beside: [] as string[] };
  const walk = (entry: Entry, name: string) => {
    if (entry.files === undefined) found[entry.unpacked ? 'beside' : 'inside'].push(name);
    for (const [child, below] of Object.entries(entry.files ?? {})) walk(below, name === '' ? child : `${name}/${child}`);
  };
  walk(header, '');
  return found;
}

const isOurs = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!isOurs)('the package for Linux', () => {
  let folder = '';
  let app = '';
  let resources = '';
  /** All that the packed programs are given: a home that is not the person's. */
  let environment: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gslab-package-'));
    const distribution = join(folder, 'electron');
    await makeStandInDistribution(distribution);
    const options = ['--linux', 'dir', '--x64', `-c.electronDist=${distribution}`, `-c.directories.output=${join(folder, 'dist')}`];
    await run('npm', ['run', '-s', 'package', '--', ...options], { cwd: root, maxBuffer: 2 ** 26 });
    app = join(folder, 'dist', 'linux-unpacked');
    resources = join(app, 'resources');
    environment = { HOME: join(folder, 'home') };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps in the archive what Electron loads, whole, and nothing else', () => {
    const { inside } = readArchive(join(resources, 'app.asar'));
    expect(inside.sort()).toEqual(['out/main/index.mjs', 'out/preload/index.cjs', 'package.json']);
    const main = readFileSync(join(root, 'out', 'main', 'index.mjs'), 'utf8');
    const imported = [...main.matchAll(/^import .* from "([^"]+)"/gm)].map(([, name]) => name);
    expect(imported).toContain('electron');
    expect(imported.filter((name) => name !== 'electron' && !name?.startsWith('node:'))).toEqual([]);
    expect(readFileSync(join(root, 'out', 'preload', 'index.cjs'), 'utf8')).not.toMatch(/require\("(?!electron")/);
  });

  it('has everything that plain Node needs beside it, for this platform only', () => {
    const { beside } = readArchive(join(resources, 'app.asar'));
    expect(beside).toEqual(
      expect.arrayContaining([
        ...['engine', 'runner', 'cli', 'javascript-worker'].map((name) => `out/main/${name}.mjs`),
        'out/renderer/index.html',
        'node_modules/webgpu/index.js',
        'node_modules/webgpu/dist/linux-x64/dawn.node',
      ]),
    );
    expect(new Set(beside.filter((name) => name.startsWith('node_modules/')).map((name) => name.split('/')[1]))).toEqual(
      new Set(['webgpu']),
    );
    expect(readdirSync(join(resources, 'app.asar.unpacked', 'node_modules', 'webgpu', 'dist'))).toEqual(['linux-x64']);
    expect(statSync(join(resources, 'engine', 'node')).mode & 0o111).toBe(0o111);
    expect(statSync(join(resources, 'native', 'build', 'Release', 'gray_scott.node')).size).toBeGreaterThan(0);
    expect(readdirSync(join(resources, 'assets', 'fonts')).filter((name) => name.endsWith('.ts'))).toEqual([]);
    for (const kernel of KERNELS) expect(statSync(join(resources, kernel.source)).isFile(), kernel.id).toBe(true);
  });

  it('has its fuses blown', () => {
    const program = readFileSync(join(app, 'gray-scott-lab'), 'latin1');
    const wire = program.slice(program.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2);
    const state = Object.fromEntries(Object.entries(FUSES).map(([name, place]) => [name, wire[place]]));
    expect(state).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      nodeInspect: '0',
      asarIntegrity: '1',
      onlyFromAsar: '1',
      filePrivileges: '0',
    });
  });

  it('runs a CPU and a GPU kernel through the packed engine, the page and the driver from the package', async () => {
    const unpacked = join(resources, 'app.asar.unpacked', 'out');
    const session = join(folder, 'packed.gslab');
    const engine = spawn(
      join(resources, 'engine', 'node'),
      [join(unpacked, 'main', 'engine.mjs'), '--parent', '--renderer', join(unpacked, 'renderer'), '--session', session],
      { cwd: '/', env: environment, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const exited = new Promise<number | null>((done) => engine.once('exit', done));
    try {
      const address = await new Promise<EngineAddress>((done, fail) => {
        createInterface(engine.stdout).on('line', (line) => {
          const read = readAddress(line);
          if (read !== undefined) done(read);
        });
        void exited.then((code) => fail(new Error(`the engine ended with ${code}`)));
      });
      const page = await fetch(address.url);
      expect(await page.text()).toContain('<div id="root">');

      const socket = new WebSocket(`ws://127.0.0.1:${address.port}/socket?token=${address.token}`, { origin: address.origin });
      const client = new EngineClient(socket);
      const hello = await client.call('hello', {});
      // What the machine lacks is not the package's fault.
      const excused = ['compiler-missing', 'feature-missing'];
      const missing = hello.kernels.filter(({ available, reason = '' }) => !available && !excused.includes(reason));
      expect(missing).toEqual([]);
      expect(hello.adapters.map(({ type }) => type)).toContain('software');
      const cache = join(folder, 'home', '.cache', 'gray-scott-lab');
      const [driver] = readdirSync(cache).filter((name) => name.startsWith('swiftshader-'));
      const manifest = JSON.parse(readFileSync(join(cache, driver ?? '', 'icd.json'), 'utf8'));
      expect(manifest.ICD.library_path).toBe(join(app, 'libvk_swiftshader.so'));

      const finished = new Promise<RunRecord>((done) => client.on('runFinished', ({ run: record }) => done(record)));
      await client.call('startRun', {
        convention: DEFAULT_CONVENTION,
        grid: { rows: 47, cols: 61 },
        steps: 64,
        rounds: 2,
        display: false,
        flushSubnormals: true,
        pin: false,
        keepField: false,
        variants: [{ kernel: 'autovec' }, { kernel: 'gpu_naive' }, { kernel: 'javascript' }],
      });
      const record = await finished;
      expect(record.status).toBe('done');
      expect(record.variants.map(({ variant, status, verification }) => [variant.kernel, status, verification?.status])).toEqual([
        ['autovec', 'done', 'passed'],
        ['gpu_naive', 'done', 'passed'],
        ['javascript', 'done', 'passed'],
      ]);
      const picture = { preset: 'report', grey: false, scale: 1 } as const;
      const figure = { chart: 'timings', runs: [record.id], language: 'en', ...picture } satisfies Partial<ExportRequest>;
      const svg = await client.call('exportChart', { ...figure, format: 'svg' });
      expect(Buffer.from(svg.base64, 'base64').toString('utf8')).toContain('autovec');
      const png = await client.call('exportChart', { ...figure, format: 'png' });
      expect(Buffer.from(png.base64, 'base64').subarray(1, 4).toString('latin1')).toBe('PNG');
      const pdf = await client.call('exportChart', { ...figure, format: 'pdf' });
      expect(Buffer.from(pdf.base64, 'base64').subarray(0, 5).toString('latin1')).toBe('%PDF-');
      socket.close();
    } finally {
      engine.stdin.end();
    }
    expect(await exited).toBe(0);
    expect(statSync(session).size).toBeGreaterThan(0);
  });

  it('has a command line of its own', async () => {
    const { stdout } = await run(
      join(resources, 'gslab'),
      ['run', 'autovec', '--rows', '31', '--cols', '29', '--steps', '10', '--rounds', '1', '--json', '--field', join(folder, 'field.h5')],
      { cwd: folder, env: environment },
    );
    const document = runDocumentSchema.parse(JSON.parse(stdout));
    expect(document.runs.map(({ kernel, verification }) => [kernel, verification?.status])).toEqual([['autovec', 'passed']]);
    expect(readFileSync(join(folder, 'field.h5')).subarray(1, 4).toString('latin1')).toBe('HDF');
  });
});
