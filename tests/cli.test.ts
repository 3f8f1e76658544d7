/**
 * The command line as scripts see it: documents, exit codes, sentences. What the numbers are is tested beside the
 * code; here they are only compared with the reference.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWKWARD_GRIDS } from '../electron/engine/run/verify-all.ts';
import { readSessionFile } from '../electron/engine/session/read.ts';
import {
  compareDocumentSchema,
  doctorDocumentSchema,
  ladderDocumentSchema,
  listDocumentSchema,
  type RunDocument,
  runDocumentSchema,
  sweepDocumentSchema,
  verifyDocumentSchema,
} from '../electron/shared/documents.ts';
import { tableDocumentSchema } from '../electron/shared/result-table/table-document.ts';
import { findKernel } from '../kernels/catalog.ts';
import { type Convention, DEFAULT_CONVENTION, type Grid, seedField } from '../kernels/model.ts';
import { referenceRun } from '../kernels/reference.ts';
import { gslab, type Ran } from './support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'gslab-cli-'));
const dataFolder = join(folder, 'data');
const files = join(folder, 'files');
mkdirSync(dataFolder);
mkdirSync(files);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(files, name);
const run = (words: string, cwd = files): Promise<Ran> => gslab(words.split(' '), { cwd, dataFolder });

/** A small run on the one backend that is everywhere. */
const SMALL = '--rows 24 --cols 30 --steps 4 --rounds 3';

beforeAll(async () => {
  const { code, stderr } = await run(`run javascript ${SMALL} --out good.gslab --field field.npy`);
  expect(stderr).toContain('field.npy');
  expect(code).toBe(0);
});

function meansOf(grid: Grid, steps: number, convention: Convention): { u: number; v: number } {
  const { u, v } = referenceRun(seedField(grid, convention.seed, 'f64'), grid, convention, steps);
  const mean = (values: Iterable<number> & { length: number }) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
  };
  return { u: mean(u), v: mean(v) };
}

describe('documents', () => {
  it('list: kernels and exercises', async () => {
    const { code, stdout, stderr } = await run('list --json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const document = listDocumentSchema.parse(JSON.parse(stdout));
    expect(document.kernels.find(({ id }) => id === 'javascript')).toMatchObject({ available: true, backend: 'javascript' });
    expect(document.exercises.map(({ id }) => id)).toEqual(expect.arrayContaining(['C02', 'C08', 'G02', 'B01']));
  });

  it('doctor: machine, adapters, kernels', async () => {
    const { code, stdout } = await run('doctor --json');
    expect(code).toBe(0);
    expect(doctorDocumentSchema.parse(JSON.parse(stdout)).machine.node).not.toBe('');
  });

  it('run: CPU and GPU verified, the field that of the reference after exactly the steps', async () => {
    const { code, stdout } = await run(
      'run autovec gpu_naive --rows 271 --cols 389 --steps 150 --stencil oono-puri --boundary background --seed patch --rounds 1 --json',
    );
    const document: RunDocument = runDocumentSchema.parse(JSON.parse(stdout));
    const kernels = listDocumentSchema.parse(JSON.parse((await run('list --json')).stdout)).kernels;
    const present = document.runs.filter(({ kernel }) => kernels.find(({ id }) => id === kernel)!.available);
    expect(document.runs.map(({ kernel }) => kernel)).toEqual(['autovec', 'gpu_naive']);
    expect(document.quality.items.find(({ item }) => item === 'rounds')).toMatchObject({ grade: 'bad', value: { en: '1 round' } });
    expect(document.conditions!.map(({ variant }) => variant).toSorted()).toEqual([0, 1]);
    for (const { after } of document.conditions!) expect(after.loopHertz).toBeGreaterThan(0);
    expect(present).toEqual(document.runs);
    expect(code).toBe(0);
    const convention: Convention = { ...DEFAULT_CONVENTION, stencil: 'oono-puri', boundary: 'background', seed: 'patch' };
    const mean = meansOf({ rows: 271, cols: 389 }, 150, convention);
    for (const { verification, field, samples, summary, request } of document.runs) {
      expect(verification?.status).toBe('passed');
      expect(field?.step).toBe(150);
      expect(Math.abs(field!.meanU! - mean.u)).toBeLessThan(1e-6);
      expect(Math.abs(field!.meanV! - mean.v)).toBeLessThan(1e-6);
      expect(samples.reduce((sum, { steps }) => sum + steps, 0)).toBe(150);
      expect(summary!.cellsPerSecond).toBeCloseTo((271 * 389) / summary!.secondsPerStep.median, 0);
      expect(request).toMatchObject({ grid: { rows: 271, cols: 389 }, steps: 150 });
    }
  });

  it('verify: every case that the named kernel declares', async () => {
    // The quicker of two, where there is an addon.
    const { kernels } = listDocumentSchema.parse(JSON.parse((await run('list --json')).stdout));
    const id = kernels.some((kernel) => kernel.id === 'autovec' && kernel.available) ? 'autovec' : 'javascript';
    const { code, stdout } = await run(`verify --kernel ${id} --json`);
    expect(code).toBe(0);
    const { cases, skipped } = verifyDocumentSchema.parse(JSON.parse(stdout));
    const { stencils, boundaries, precisions } = findKernel(id)!;
    const distinct = new Set(
      cases.map(({ stencil, boundary, precision, rows, cols }) => [stencil, boundary, precision, rows, cols].join()),
    );
    expect(distinct.size).toBe(stencils.length * boundaries.length * precisions.length * AWKWARD_GRIDS.length);
    expect(cases.every(({ kernel, status }) => kernel === id && status === 'passed')).toBe(true);
    expect(skipped).toEqual([]);
  });

  it('run: a kept session and field, and no other file', () => {
    expect(readdirSync(files).sort()).toEqual(['field.npy', 'good.gslab']);
    // Magic, version 1.0, then a header that names type and shape: numpy.lib.format.
    const npy = readFileSync(file('field.npy'));
    expect(npy.subarray(0, 8)).toEqual(Buffer.from('\x93NUMPY\x01\x00', 'latin1'));
    expect(npy.toString('latin1', 10, 128)).toContain("'shape': (24, 30)");
  });

  it('ladder: each cause alone, what cannot be changed with its reason, and both in words', async () => {
    const { code, stdout, stderr } = await run('ladder javascript --rows 24 --cols 30 --steps 4 --rounds 3 --json --out ladder.gslab');
    expect(stderr).toMatch(/\d+ variants, 3 rounds of each: about /u);
    expect(code).toBe(0);
    const document = ladderDocumentSchema.parse(JSON.parse(stdout));
    expect(document.runs[0]).toMatchObject({ kernel: 'javascript', request: { steps: 4, rounds: 3 } });
    expect(document.changes.map(({ cause }) => cause)).toContain('precision');
    for (const { from, to, sentence, exercise } of document.changes) {
      expect(document.runs.map(({ status }) => status)).toHaveProperty(String(Math.max(from, to)), 'done');
      expect(sentence.en).toContain(`lesson ${exercise}.`);
      expect(sentence.fr).toContain(`leçon ${exercise}.`);
    }
    expect(document.unchanged.find(({ cause }) => cause === 'threads')!.sentence).toEqual({
      en: 'With one thread: javascript has no switch for it.',
      fr: 'Avec un seul thread\u00a0: javascript n’a pas de réglage pour cela.',
    });
    expect(document.climb).toEqual([]);
    const { request } = readSessionFile(file('ladder.gslab')).runs[0]!;
    expect(request.ladder!.changes).toHaveLength(document.changes.length);
    const picture = await run('export ladder.gslab --to svg --chart cost-ladder --out ladder-plots');
    expect(picture.code).toBe(0);
    for (const name of ['ladder.gslab', 'ladder-plots']) rmSync(file(name), { recursive: true });
  });

  it('sweep: every point, told before it starts, and what its charts say', async () => {
    const { code, stdout, stderr } = await run(
      'sweep javascript --over rows=8:32log --over precision=f32,f64 --cols 30 --rows 24 --rounds 3 --json',
    );
    expect(code).toBe(0);
    const document = sweepDocumentSchema.parse(JSON.parse(stdout));
    expect(document.over).toEqual([
      { name: 'rows', values: [8, 16, 32] },
      { name: 'precision', values: ['f32', 'f64'] },
    ]);
    expect(document.runs.map(({ request: { variant } }) => [variant.grid?.rows ?? 24, variant.precision])).toEqual([
      [8, 'f32'],
      [8, 'f64'],
      [16, 'f32'],
      [16, 'f64'],
      [32, 'f32'],
      [32, 'f64'],
    ]);
    const steps = document.runs.map(({ request }) => request.variant.steps ?? request.steps);
    expect(steps[0]).toBeGreaterThan(2 * steps[4]!);
    expect(stderr).toMatch(/^6 points of javascript, 3 rounds of each: about .*\nRounds take steps by their work, from /u);
    expect(document.conclusion.fr).not.toBe(document.conclusion.en);
    const fixed = await run('sweep javascript --over size=8,16,24 --steps 5 --rounds 1');
    expect(fixed.stderr).toContain('Every point takes the 5 steps asked for');
    expect(fixed.stdout).toMatch(/javascript 8×8 .*KiB, in L1|javascript 8×8 .*yes/u);
  });

  it('run: a file is replaced only by force', async () => {
    writeFileSync(file('mine.gslab'), 'mine');
    expect((await run(`run javascript ${SMALL} --out mine.gslab`)).code).toBe(2);
    expect(readFileSync(file('mine.gslab'), 'utf8')).toBe('mine');
    expect((await run(`run nonsense ${SMALL} --out mine.gslab --force`)).code).toBe(2);
    expect(readFileSync(file('mine.gslab'), 'utf8')).toBe('mine');
    expect((await run(`run javascript ${SMALL} --out mine.gslab --force`)).code).toBe(0);
    expect(readSessionFile(file('mine.gslab')).runs).toHaveLength(1);
    rmSync(file('mine.gslab'));
    expect(readdirSync(files).sort()).toEqual(['field.npy', 'good.gslab']);
  });

  it('compare: the set-up first, then the ratio', async () => {
    await run(`run javascript ${SMALL} --dt 0.5 --out other.gslab`);
    const { code, stdout } = await run('compare good.gslab other.gslab --json');
    rmSync(file('other.gslab'));
    expect(code).toBe(0);
    const document = compareDocumentSchema.parse(JSON.parse(stdout));
    expect(document.setup).toContainEqual({ field: 'dt', a: ['1'], b: ['0.5'] });
    expect(document.rows).toMatchObject([{ kernel: 'javascript', verdict: 'not-comparable', reasons: ['convention'] }]);
    const text = await run('compare good.gslab good.gslab');
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/no difference|cannot tell yet/);
  });

  it('schema: what the exported JSON is like', async () => {
    const { code, stdout } = await gslab(['schema', 'figure'], { cwd: files, dataFolder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['schemaVersion', 'session', 'figure', 'machines', 'runs'],
    });
  });

  it('export: the table of results, which is no picture', async () => {
    const asked = (format: string) => ['export', 'good.gslab', '--chart', 'table', '--to', format, '--out', join(folder, 'table')];
    const { code, stdout } = await gslab(asked('json'), { cwd: files, dataFolder });
    expect(code).toBe(0);
    const table = tableDocumentSchema.parse(JSON.parse(readFileSync(stdout.trim(), 'utf8')));
    expect(table.rows).toMatchObject([{ kernel: 'javascript', ranked: true, hidden: false }]);
    const refused = await gslab(asked('svg'), { cwd: files, dataFolder });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('--to');
  });

  it.each(['svg', 'pdf', 'png', 'csv', 'json', 'ipynb'])('export: what the run has of charts, as %s', async (format) => {
    const out = join(folder, `plots-${format}`);
    const { code, stdout } = await gslab(['export', 'good.gslab', '--to', format, '--out', out], { cwd: files, dataFolder });
    expect(code).toBe(0);
    const written = readdirSync(out);
    expect(written.toSorted()).toEqual(
      ['conditions', 'histogram', 'roofline', 'speedup', 'timings'].map((chart) => `javascript-${chart}-24x30.${format}`),
    );
    expect(stdout.trim().split('\n').sort()).toEqual(written.map((name) => join(out, name)).sort());
    const again = await gslab(['export', 'good.gslab', '--to', format, '--out', out], { cwd: files, dataFolder });
    expect(again).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('results for people', () => {
  it('run: a table in either language', async () => {
    const french = await run(`run javascript ${SMALL} --lang fr`);
    expect(french).toMatchObject({ code: 0, stderr: '' });
    expect(french.stdout).toContain('médiane par pas');
    expect(french.stdout).toMatch(/javascript .*×.1,00 +oui/);
    expect((await run(`run javascript ${SMALL}`)).stdout).toContain('median per step');
  });

  it('help and version are results', async () => {
    for (const words of ['--help', 'run --help', 'help run', '--version']) {
      const { code, stdout, stderr } = await run(words);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toBe('');
    }
  });
});

describe('bad input', () => {
  const bad = (name: string) => join(folder, 'bad', name);

  beforeAll(() => {
    mkdirSync(join(folder, 'bad'));
    const good = readFileSync(file('good.gslab'));
    writeFileSync(bad('empty.gslab'), '');
    writeFileSync(bad('truncated.gslab'), good.subarray(0, 5000));
    writeFileSync(bad('image.gslab'), Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex'));
    const other = new DatabaseSync(bad('other.gslab'));
    other.exec('CREATE TABLE song (title TEXT)');
    other.close();
    copyFileSync(file('good.gslab'), bad('newer.gslab'));
    const newer = new DatabaseSync(bad('newer.gslab'));
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    writeFileSync(bad('file'), 'not a folder');
  });

  /** The words of the command, what its one sentence must say, `BAD` being the folder of bad files. */
  const CASES: [string, RegExp][] = [
    ['run nonsense', /KERNEL.*nonsense.*autovec/],
    ['run javascript --rows 0', /--rows: expected a whole number from 1 to .*“0”/],
    ['run javascript --rows -1', /--rows: expected .*“-1”/],
    ['run javascript --rows 1e9', /--rows: expected .*“1e9”/],
    ['run javascript --rows 2.5', /--rows: expected .*“2\.5”/],
    ['run javascript --rows abc', /--rows: expected .*“abc”/],
    ['run javascript --cols NaN', /--cols: expected .*“NaN”/],
    ['run javascript --feed NaN', /--feed: expected a number from .*“NaN”/],
    ['run javascript --feed 7', /--feed: expected a number from .*“7”/],
    ['run javascript --dt Infinity', /--dt: expected .*“Infinity”/],
    ['run javascript --steps 0', /--steps: expected .*“0”/],
    ['run javascript --rounds 0', /--rounds: expected .*“0”/],
    ['run javascript --threads 0', /--threads: expected .*“0”/],
    ['run javascript --stencil seven', /--stencil: expected one of .*“seven”/],
    ['run javascript --seed corn', /--seed: expected one of .*“corn”/],
    ['run javascript --isa sse9', /--isa: expected one of .*“sse9”/],
    ['run autovec --boundary frozen', /--boundary: .*autovec.*“frozen”: expected zero, background or periodic/],
    ['run gpu_naive --precision f64', /--precision: .*gpu_naive.*“f64”: expected f32/],
    ['run gpu_naive --param workgroupX=0', /--param workgroupX: expected .*“0”/],
    ['run gpu_naive --param colour=red', /--param: expected name=value .*“colour=red”/],
    ['run javascript --rows 1000000 --cols 1000000', /--rows, --cols: .*at most .* cells, received 1.000.000.000.000/],
    ['run javascript --out nowhere/a.gslab', /--out: expected a folder that exists.*nowhere/],
    ['run javascript --out BAD/file/a.gslab', /--out: expected a folder that exists.*file/],
    ['run javascript --out /proc/a.gslab', /--out: expected a folder .*written to.*proc/],
    ['run javascript --out a.txt', /--out: expected a file name ending in \.gslab.*“a\.txt”/],
    ['run javascript --out BAD/empty.gslab', /--out: expected a file that does not exist yet/],
    ['run javascript --field field.csv', /--field: expected a file name ending in \.npy or \.h5/],
    ['run javascript --field nowhere/f.npy', /--field: expected a folder that exists/],
    ['run', /KERNEL: expected the argument KERNEL, received nothing/],
    ['run javascript --rows', /--rows: expected a value, received nothing/],
    ['continue GOOD --run 0', /--run: expected a whole number .*“0”/],
    ['continue GOOD --rounds 0', /--rounds: expected a whole number from 1 to 1.?000.*“0”/],
    ['continue GOOD --until-clear 0', /--until-clear: expected a whole number from 1 to 3.?600.*“0”/],
    ['continue GOOD --until-clear soon', /--until-clear: .*“soon”/],
    ['continue GOOD --rounds 2 --until-clear', /--rounds: expected one of --rounds, --until-clear/],
    ['continue', /expected the argument/],
    ['run javascript --until-clear 3601', /--until-clear: expected a whole number from 1 to 3.?600.*“3601”/],
    ['sweep javascript', /--over: expected a value/],
    ['sweep javascript --over depth=1:4', /--over: expected NAME=VALUES with a NAME of size, rows.*“depth=1:4”/],
    ['sweep champion --over depth=1:65', /--over depth: expected a list .*from 1 to 64.*“65”/],
    ['sweep champion --over size=9:3', /--over size: expected a range whose second number is the larger.*“9:3”/],
    ['sweep champion --over size=8,16 --over rows=8,16', /--over: expected each name once.*“grid”/],
    ['sweep champion --over size=1:4000:40 --over depth=1:64:26', /--over: expected at most 1.?000 points in all.*“1040”/],
    ['sweep gpu_naive --over precision=f32,f64', /--precision: .*gpu_naive.*“f64”/],
    ['sweep champion --over size=8,16 --weak', /--weak/],
    ['ladder nonsense', /kernel “nonsense”: expected aos_nested/],
    ['ladder champion simd', /expected nothing more.*“champion, simd”/],
    ['ladder simd --threads 2', /--threads.*simd|simd.*“2”/],
    ['ladder --out nowhere/a.gslab', /--out: expected a folder/],
    ['ladder --until-clear soon', /--until-clear: .*“soon”/],
    ['verify --kernel nonsense', /KERNEL: .*nonsense.*expected aos_nested/],
    ['run javascript --colour red', /--colour: expected an option of this command/],
    ['fly', /COMMAND: expected a command of .*run.*“fly”/],
    ['list more', /expected nothing more.*“more”/],
    ['list --lang de', /--lang: expected one of en, fr.*“de”/],
    ['exercise Z99', /exercise “Z99”: expected .*C02/],
    ['exercise C02 --out nowhere/a.gslab', /--out: expected a folder/],
    ['battle --out nowhere/a.gslab', /--out: expected a folder/],
    ['battle --plots nowhere/else/plots', /--plots: expected a folder/],
    ['serve --port 70000', /--port: expected a whole number from 0 to 65.535.*“70000”/],
    ['serve --no-open --session BAD/image.gslab', /session .*image\.gslab.*another kind/],
    ['export nothing.gslab --to svg --out .', /nothing\.gslab.*no such file/],
    ['export BAD/empty.gslab --to svg --out .', /empty\.gslab.*empty/],
    ['export BAD/truncated.gslab --to svg --out .', /truncated\.gslab.*missing/],
    ['export BAD/image.gslab --to svg --out .', /image\.gslab.*picture without its data/],
    ['export BAD/other.gslab --to svg --out .', /other\.gslab.*another program/],
    ['export BAD/newer.gslab --to svg --out .', /newer\.gslab.*newer version/],
    ['schema nothing', /document: expected one of figure, .*evidence.*“nothing”/],
    ['export GOOD --to gif --out .', /--to: expected one of svg, pdf, png, csv, json, ipynb.*“gif”/],
    ['export GOOD --to svg --preset a0 --out .', /--preset: expected one of report, column, slide, poster.*“a0”/],
    ['export GOOD --to svg --out nowhere/plots', /--out: expected a folder/],
    ['export GOOD --to svg', /--out: expected a value/],
    ['compare GOOD BAD/newer.gslab', /newer\.gslab.*newer version/],
    ['compare BAD/truncated.gslab GOOD', /truncated\.gslab.*missing/],
    ['compare GOOD', /expected the argument/],
  ];
  const here = process.platform === 'linux' ? CASES : CASES.filter(([words]) => !words.includes('/proc/'));

  it.concurrent.each(here)('%s', async (words, sentence) => {
    const cwd = mkdtempSync(join(folder, 'empty-'));
    const badBefore = readdirSync(join(folder, 'bad'));
    const spelled = words.split(' ').map((word) => (word === 'GOOD' ? file('good.gslab') : word.replace(/^BAD/, join(folder, 'bad'))));
    const { code, stdout, stderr } = await gslab(spelled, { cwd, dataFolder });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^[^\n]+\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(cwd)).toEqual([]);
    expect(readdirSync(join(folder, 'bad'))).toEqual(badBefore);
  });

  it('is told in French too', async () => {
    const { code, stderr } = await run('run javascript --rows 2,5 --lang fr');
    expect(code).toBe(2);
    expect(stderr).toBe('--rows\u00a0: attendu un nombre entier de 1 à 1\u202f000\u202f000, reçu «\u00a02,5\u00a0».\n');
  });
});

describe('more rounds', () => {
  const session = () => readSessionFile(file('more.gslab')).runs;
  beforeAll(async () => {
    expect(await run('run javascript --rows 16 --cols 20 --steps 3 --rounds 2 --out more.gslab')).toMatchObject({ code: 0 });
  });
  afterAll(() => rmSync(file('more.gslab')));

  /** One after the other: whoever continues a session has it for himself. */
  it.each([
    ['continue more.gslab', /--run: expected a run that has rounds left, or a number of rounds to add.*“1”/],
    ['continue more.gslab --run 9', /--run: expected a run of this session, received “9”/],
    ['continue more.gslab --rounds 999', /--rounds: expected a whole number from 1 to 998, received “999”/],
    ['continue nowhere.gslab --rounds 2', /nowhere\.gslab.*no such file/],
    ['continue field.npy --rounds 2', /field\.npy/],
  ])('bad input: %s', async (words, sentence) => {
    const before = readFileSync(file('more.gslab'));
    const { code, stdout, stderr } = await run(words);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^[^\n]+\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readFileSync(file('more.gslab')).equals(before)).toBe(true);
  });

  it('continue: rounds added to the newest run, after those that it had', async () => {
    const [before] = session();
    const { code, stdout } = await run('continue more.gslab --rounds 3 --json');
    expect(code).toBe(0);
    const document = runDocumentSchema.parse(JSON.parse(stdout));
    expect(document.runs[0]!.summary?.rounds).toBe(5);
    const [after, ...others] = session();
    expect(others).toEqual([]);
    expect(after!.order.slice(0, 2)).toEqual(before!.order);
    expect(after!.variants[0]!.samples.slice(0, before!.variants[0]!.samples.length)).toEqual(before!.variants[0]!.samples);
    expect(new Set(after!.variants[0]!.samples.map(({ round }) => round))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('continue --until-clear: a run that compares nothing is as clear as it can be', async () => {
    expect(await run('continue more.gslab --until-clear 5')).toMatchObject({ code: 0 });
    expect(session()[0]!.request.rounds).toBe(5);
  });

  it('run --until-clear: rounds are added within the time, and judged as of one who looks often', async () => {
    const words = 'run javascript javascript --rows 16 --cols 16 --steps 2 --rounds 1 --until-clear 2 --out clear.gslab';
    expect(await run(words)).toMatchObject({ code: 0 });
    const { request, order, control } = readSessionFile(file('clear.gslab')).runs[0]!;
    rmSync(file('clear.gslab'));
    // Of one round nothing can be said: whatever the machine is like, some were added.
    expect(request).toMatchObject({ repeatedLooks: true, rounds: order.length });
    expect(order.length).toBeGreaterThan(1);
    expect(control?.variant).toBe(0);
  });
});

describe('serve', () => {
  it.skipIf(process.platform === 'win32')('serves the window at the printed address until Ctrl-C', async () => {
    let page: Response | undefined;
    const { code, stdout } = await gslab(['serve', '--no-open', '--session', 'served.gslab'], {
      cwd: files,
      dataFolder,
      onStart: (child) => {
        child.stdout?.once('data', async (text: string) => {
          page = await fetch(/http:\S+/.exec(text)![0]);
          child.kill('SIGINT');
        });
      },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/\?token=\S{22}\n$/);
    expect(page?.status).toBe(200);
    expect(readSessionFile(file('served.gslab')).runs).toEqual([]);
    rmSync(file('served.gslab'));
  });
});

describe('Ctrl-C', () => {
  it.skipIf(process.platform === 'win32')('before anything is measured leaves nothing behind', async () => {
    const { code, stdout, stderr } = await gslab(['run', 'gpu_naive', '--out', 'early.gslab'], {
      cwd: files,
      dataFolder,
      onStart: (child) => {
        const waiting = setInterval(() => {
          if (!readdirSync(files).includes('early.gslab')) return;
          clearInterval(waiting);
          child.kill('SIGINT');
        }, 5);
      },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toBe('Stopped: nothing was kept.\n');
    expect(readdirSync(files).sort()).toEqual(['field.npy', 'good.gslab']);
  });

  it.skipIf(process.platform === 'win32')('cancels the run, keeps its samples, exits with 130', async () => {
    const words = 'run javascript --rows 200 --cols 200 --steps 5000 --rounds 1000 --out stopped.gslab --json';
    const { code, stdout, stderr } = await gslab(words.split(' '), {
      cwd: files,
      dataFolder,
      onStart: (child) => {
        const waiting = setInterval(() => {
          if (!readdirSync(files).includes('stopped.gslab')) return;
          const session = new DatabaseSync(file('stopped.gslab'), { readOnly: true });
          try {
            if (Number(session.prepare('SELECT count(*) AS samples FROM sample').get()?.samples) === 0) return;
          } catch {
            return;
          } finally {
            session.close();
          }
          clearInterval(waiting);
          child.kill('SIGINT');
        }, 50);
      },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/^[^\n]*cancelled[^\n]*\.\n$/);
    const kept = new DatabaseSync(file('stopped.gslab'), { readOnly: true });
    expect(kept.prepare('SELECT status FROM run').get()).toMatchObject({ status: 'cancelled' });
    expect(Number(kept.prepare('SELECT count(*) AS samples FROM sample').get()?.samples)).toBeGreaterThan(0);
    kept.close();
    rmSync(file('stopped.gslab'));
  });
});
