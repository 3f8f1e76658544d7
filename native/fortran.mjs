/**
 * Compiles the Fortran kernel once for each precision and instruction set, into one object that the addon is linked
 * with. It needs nothing of the Fortran runtime. Arguments: compiler, source, object, then `set=flags` for each set.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PRECISIONS = { f32: 'c_float', f64: 'c_double' };

/** The name that C++ calls it by, and its precision; native/src/fortran_rows.cpp has the same names. */
export const sourceFlags = (kind, symbol) => ['-cpp', `-DGS_KIND=${kind}`, `-DGS_SYMBOL="${symbol}"`];

function run(compiler, args) {
  const { status, error } = spawnSync(compiler, args, { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${compiler} ${args.join(' ')} ended with ${status}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [compiler, source, object, ...builds] = process.argv.slice(2);
  const parts = builds.flatMap((build) => {
    const [isa, flags] = build.split(/=(.*)/s);
    return Object.entries(PRECISIONS).map(([precision, kind]) => {
      const part = object.replace(/\.o$/, `_${precision}_${isa}.o`);
      const symbol = `fortran_${precision}_${isa}`;
      run(compiler, ['-c', '-fPIC', '-Wall', ...flags.split(' '), ...sourceFlags(kind, symbol), source, '-o', part]);
      return part;
    });
  });
  run(compiler, ['-r', '-nostdlib', ...parts, '-o', object]);
}
