/**
 * A program that writes fifty samples and is then killed without warning: between two transactions, or inside a large
 * one whose pages have begun to reach the file. Arguments: the session's path, `between` or `inside`.
 */
import { DatabaseSync } from 'node:sqlite';
import { DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import { SessionStore } from './store.ts';

const [path, during] = process.argv.slice(2) as [string, string];
const store = SessionStore.create(path, '0.1.0');
store.addMachine({
  cpu: 'A processor',
  vendor: 'unknown',
  architecture: 'x64',
  logicalCores: 'unknown',
  physicalCores: 'unknown',
  cacheBytes: { l1d: 'unknown', l2: 'unknown', l3: 'unknown' },
  memoryBytes: 'unknown',
  isas: [],
  os: 'unknown',
  kernel: 'unknown',
  virtualisation: 'unknown',
  power: 'unknown',
  governor: 'unknown',
  node: 'unknown',
  appVersion: '0.1.0',
  compiler: 'unknown',
  gpus: [],
});
const runId = store.beginRun({
  startedAt: new Date().toISOString(),
  request: {
    convention: DEFAULT_CONVENTION,
    grid: { rows: 8, cols: 8 },
    steps: 1,
    rounds: 50,
    display: false,
    flushSubnormals: true,
    pin: false,
    keepField: false,
    variants: [{ kernel: 'autovec', precision: 'f32', isa: 'baseline', threads: 1, parameters: {} }],
  },
  orderSeed: 1,
  order: Array.from({ length: 50 }, () => [0]),
  machine: 0,
});
for (let round = 0; round < 50; round++) store.addSamples(runId, 0, [{ round, index: 0, steps: 1, seconds: 0.001 }]);

if (during === 'inside') {
  const database = new DatabaseSync(path);
  // A tiny cache makes the transaction spill into the file, so that rolling back is needed.
  database.exec('PRAGMA cache_size = 1; BEGIN IMMEDIATE');
  const insert = database.prepare('INSERT INTO sample VALUES (1, 0, ?, 0, 1, 0.5, NULL, NULL)');
  for (let round = 1000; round < 6000; round++) insert.run(round);
  database.prepare('UPDATE session SET notes = ?').run('half-written');
}
process.kill(process.pid, 'SIGKILL');
