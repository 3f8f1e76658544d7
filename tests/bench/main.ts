/**
 * `npm run bench [-- overhead|display|cpu|table|memory]`: ratios measured side by side in one run. Nothing here passes or fails; the
 * tests never look at a time. `--json` prints one JSON document where the bench has one.
 */
import { benchCpu } from './cpu.ts';
import { benchDisplay } from './display.ts';
import { benchMemory } from './memory.ts';
import { benchOverhead } from './overhead.ts';
import { benchTable } from './table.ts';

const BENCHES: Readonly<Record<string, (json: boolean) => Promise<void>>> = {
  overhead: benchOverhead,
  display: async () => {
    await benchDisplay('autovec');
    await benchDisplay('threads_rows');
  },
  cpu: benchCpu,
  table: (json) => benchTable(json),
  memory: benchMemory,
};

const [name = 'overhead', ...options] = process.argv.slice(2);
const bench = BENCHES[name];
const unknown = bench === undefined ? name : options.find((option) => option !== '--json');
if (bench === undefined || unknown !== undefined) {
  console.error(`bench: expected one of ${Object.keys(BENCHES).join(', ')}, then at most --json, received "${unknown}"`);
  process.exit(2);
}
await bench(options.includes('--json'));
