/**
 * `npm run bench [-- overhead|display]`: ratios measured side by side in one run. Nothing here passes or fails; the tests
 * never look at a time.
 */
import { benchDisplay } from './display.ts';
import { benchOverhead } from './overhead.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  overhead: benchOverhead,
  display: async () => {
    await benchDisplay('autovec');
    await benchDisplay('threads_rows');
  },
};

const [name = 'overhead'] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`bench: expected one of ${Object.keys(BENCHES).join(', ')}, received "${name}"`);
  process.exit(2);
}
await bench();
