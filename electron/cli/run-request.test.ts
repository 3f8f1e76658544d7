import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../shared/trouble.ts';
import { TroubleError } from '../shared/trouble.ts';
import { addRunOptions, type RunOptions } from './run-options.ts';
import { runRequest } from './run-request.ts';

/** The request that these words of a command line make. */
function requestOf(words: string) {
  const command = addRunOptions(new Command().argument('<kernel...>'))
    .exitOverride()
    .action(() => undefined);
  command.parse(words.split(' '), { from: 'user' });
  return runRequest(command.args, command.opts<RunOptions>(), false);
}

function troubleOf(words: string): Trouble {
  try {
    requestOf(words);
  } catch (error) {
    if (error instanceof TroubleError) return error.trouble;
    throw error;
  }
  throw new Error(`nothing wrong with ${words}`);
}

describe('a run request', () => {
  it('has the defaults of the school', () => {
    const request = requestOf('autovec');
    expect(request).toMatchObject({
      grid: { rows: 1080, cols: 1920 },
      steps: 32,
      rounds: 7,
      display: false,
      flushSubnormals: true,
      pin: false,
    });
    expect(request.convention).toEqual({
      stencil: 'eight',
      boundary: 'zero',
      seed: 'school',
      precision: 'f32',
      diffusionU: 0.1,
      diffusionV: 0.05,
      feed: 0.014,
      kill: 0.054,
      dt: 1,
    });
  });

  it('takes numbers with comma or dot', () => {
    const { convention, grid } = requestOf('autovec --feed 0,03 --kill .06 --rows 1e3 --cols 64');
    expect(convention).toMatchObject({ feed: 0.03, kill: 0.06 });
    expect(grid).toEqual({ rows: 1000, cols: 64 });
  });

  it('gives each kernel only the tuning that it has', () => {
    const { variants } = requestOf('gpu_naive threads_rows --threads 3 --isa avx2 --param workgroupX=32 workgroupY=4 --adapter vulkan:0');
    expect(variants).toEqual([
      { kernel: 'gpu_naive', precision: 'f32', parameters: { workgroupX: 32, workgroupY: 4 }, adapter: 'vulkan:0' },
      { kernel: 'threads_rows', precision: 'f32', parameters: {}, threads: 3, isa: 'avx2' },
    ]);
  });

  it('observes the kernels that can be, and leaves the others as they are', () => {
    const { variants } = requestOf('simd gpu_naive javascript --steps 1e6 --observe subnormals:1e2');
    const observe = { what: 'subnormals', every: 100 };
    expect(variants.map((variant) => variant.observe)).toEqual([observe, observe, undefined]);
  });

  it.each([
    ['autovec --rows 0', '--rows'],
    ['autovec --rows -1', '--rows'],
    ['autovec --rows 1e9', '--rows'],
    ['autovec --rows 2.5', '--rows'],
    ['autovec --rows abc', '--rows'],
    ['autovec --rows NaN', '--rows'],
    ['autovec --cols Infinity', '--cols'],
    ['autovec --feed NaN', '--feed'],
    ['autovec --feed 1,5', '--feed'],
    ['autovec --dt -1', '--dt'],
    ['autovec --threads 0', '--threads'],
    ['autovec --rounds 0', '--rounds'],
    ['autovec --steps 1e10', '--steps'],
    ['autovec --stencil nine', '--stencil'],
    ['autovec --precision f16', '--precision'],
    ['simd --observe difference', '--observe'],
    ['simd --observe heat:10', '--observe'],
    ['simd --observe :10', '--observe'],
    ['simd --observe difference:', '--observe'],
    ['simd --observe difference:0', '--observe'],
    ['simd --observe subnormals:10:10', '--observe'],
    ['simd --steps 1e6 --observe subnormals:99', 'observe.every'],
    ['gpu_naive --param workgroupX', '--param'],
    ['gpu_naive --param nothing=1', '--param'],
    ['gpu_naive --param workgroupX=0', '--param workgroupX'],
    ['gpu_naive --param workgroupX=wide', '--param workgroupX'],
    ['autovec --param workgroupX=8', '--param'],
  ])('refuses %s, naming the option', (words, name) => {
    expect(troubleOf(words)).toMatchObject({ code: 'bad-value', name });
  });

  it.each([
    ['autovec --boundary frozen', 'boundary', 'frozen'],
    ['gpu_naive --precision f64', 'precision', 'f64'],
    ['autovec --threads 4', 'threads', '4'],
    ['gpu_naive --isa avx2', 'isa', 'avx2'],
    ['autovec --adapter vulkan:0', 'adapter', 'vulkan:0'],
    ['javascript --observe difference:10', 'observation', 'difference'],
  ])('refuses %s, which no kernel of it has', (words, what, received) => {
    expect(troubleOf(words)).toMatchObject({ code: 'not-supported', what, received });
  });

  it('refuses an unknown kernel with the known ones', () => {
    expect(troubleOf('autovec autovek')).toMatchObject({ code: 'unknown-kernel', received: 'autovek' });
  });
});
