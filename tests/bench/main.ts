/**
 * `npm run bench [-- overhead|display|cpu|table|memory|gpu|ceilings|endurance|verdict]`: ratios measured side by side in one run. Nothing here passes or
 * fails; the tests never look at a time. `--json` prints one JSON document where the bench has one; `--adapter ID` is for `gpu`.
 */
import { parseArgs } from 'node:util';
import { benchCeilings } from './ceilings.ts';
import { benchCpu } from './cpu.ts';
import { benchDisplay } from './display.ts';
import { benchEndurance } from './endurance.ts';
import { benchGpu, type GpuOptions } from './gpu.ts';
import { benchMemory } from './memory.ts';
import { benchOverhead } from './overhead.ts';
import { benchTable } from './table.ts';
import { benchVerdict } from './verdict.ts';

const BENCHES: Readonly<Record<string, (options: GpuOptions) => Promise<void>>> = {
  overhead: () => benchOverhead(),
  display: async () => {
    await benchDisplay('autovec');
    await benchDisplay('threads_rows');
  },
  cpu: ({ json }) => benchCpu(json),
  table: ({ json }) => benchTable(json),
  memory: ({ json }) => benchMemory(json),
  gpu: benchGpu,
  ceilings: ({ json }) => benchCeilings(json),
  endurance: ({ json }) => benchEndurance(json),
  verdict: () => benchVerdict(),
};

function refuse(why: string): never {
  console.error(`bench: expected one of ${Object.keys(BENCHES).join(', ')}, then at most --json and, for gpu, --adapter ID: ${why}`);
  process.exit(2);
}

function parsed() {
  try {
    return parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, adapter: { type: 'string' } } });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { positionals, values } = parsed();
const [name = 'overhead', ...rest] = positionals;
const bench = BENCHES[name];
if (bench === undefined || rest.length > 0) refuse(`received "${positionals.join(' ')}"`);
if (values.adapter !== undefined && name !== 'gpu') refuse(`${name} runs on no adapter`);
await bench({ json: values.json, ...(values.adapter !== undefined && { adapter: values.adapter }) });
