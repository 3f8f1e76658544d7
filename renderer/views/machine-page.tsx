/** The machine in full: what the numbers were measured on, the GPU adapters to choose from, what runs here and why not. */
import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { Machine } from '../../electron/shared/machine.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { formatBytes, formatInteger, formatSeconds } from '../../electron/shared/units.ts';
import { KERNELS } from '../../kernels/catalog.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { setPreferences } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { CeilingsCard } from './ceilings.tsx';

function useMachineRows(machine: Machine): [string, string][] {
  const messages = useMessages();
  const language = useLanguage();
  const { machine: words } = messages;
  const known = (text: string) => (text === 'unknown' || text === '' ? messages.unknown : text);
  const count = (value: number | 'unknown') => (value === 'unknown' ? messages.unknown : formatInteger(value, language));
  const bytes = (value: number | 'unknown') => (value === 'unknown' ? messages.unknown : formatBytes(value, language));
  const { l1d, l2, l3 } = machine.cacheBytes;
  return [
    [words.cpu, known(machine.cpu)],
    [words.vendor, known(machine.vendor)],
    [words.architecture, known(machine.architecture)],
    [words.cores, words.coresOf(count(machine.logicalCores), count(machine.physicalCores))],
    [words.caches, [l1d, l2, l3].map(bytes).join(', ')],
    [words.memory, bytes(machine.memoryBytes)],
    [words.isas, machine.isas.join(', ') || messages.unknown],
    [words.os, known(machine.os)],
    [words.kernel, known(machine.kernel)],
    [words.virtualisation, known(machine.virtualisation)],
    [words.power, words.powers[machine.power]],
    [words.governor, known(machine.governor)],
    [words.compiler, known(machine.compiler)],
    [words.node, known(machine.node)],
    [words.appVersion, known(machine.appVersion)],
    [words.gpus, machine.gpus.join(', ') || messages.unknown],
  ];
}

function MachineTable({ machine }: { machine: Machine }) {
  const messages = useMessages();
  const rows = useMachineRows(machine);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(rows.map(([name, value]) => `${name}: ${value}`).join('\n'));
    setCopied(true);
  };
  return (
    <section className="gs-card" aria-label={messages.machine.title}>
      <table className="gs-table gs-numbers">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ width: '13rem' }}>
                {name}
              </th>
              <td style={{ overflowWrap: 'anywhere' }}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="gs-row" style={{ marginTop: '0.5rem' }}>
        <Button variant="default" onClick={() => void copy()}>
          {messages.machine.copy}
        </Button>
        <span role="status">{copied ? messages.machine.copied : ''}</span>
      </div>
    </section>
  );
}

function Adapters() {
  const messages = useMessages();
  const language = useLanguage();
  const adapters = useLab((state) => state.adapters);
  const chosen = useLab((state) => state.preferences.adapter);
  const { machine: words } = messages;
  const describe = ({ type, backend, driver, largestCells, timestampSeconds }: Adapter) =>
    [
      type === 'software' ? words.software : words.hardware,
      backend,
      driver,
      largestCells === undefined ? '' : words.largest(formatInteger(largestCells, language)),
      timestampSeconds === undefined ? '' : words.clock(formatSeconds(timestampSeconds, language)),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  if (adapters.length === 0) {
    return (
      <section className="gs-card">
        <h2 className="gs-card-title">{words.adapters}</h2>
        <p>{words.noAdapter}</p>
        <p className="gs-dim">{words.noAdapterRemedy}</p>
      </section>
    );
  }
  return (
    <section className="gs-card">
      <Radio.Group
        label={words.adapters}
        description={words.adaptersHint}
        value={chosen}
        onChange={(adapter) => void setPreferences({ adapter })}
        data-testid="adapters"
      >
        <Radio value="auto" label={words.auto} mt="0.5rem" size="xs" />
        {adapters.map((adapter) => (
          <Radio
            key={adapter.id}
            value={adapter.id}
            disabled={!adapter.usable}
            label={adapter.name}
            description={adapter.usable ? describe(adapter) : (adapter.reason ?? '')}
            mt="0.375rem"
            size="xs"
          />
        ))}
      </Radio.Group>
    </section>
  );
}

function Kernels() {
  const messages = useMessages();
  const language = useLanguage();
  const available = useLab((state) => state.kernels);
  const { kernelColumns, backends, ready, notHere } = messages.machine;
  return (
    <section className="gs-card" aria-label={messages.machine.kernels}>
      <table className="gs-table" data-testid="kernels">
        <thead>
          <tr>
            <th scope="col">{kernelColumns.kernel}</th>
            <th scope="col">{kernelColumns.backend}</th>
            <th scope="col">{kernelColumns.state}</th>
            <th scope="col">{kernelColumns.what}</th>
          </tr>
        </thead>
        <tbody>
          {KERNELS.map((kernel) => {
            const here = available.find((entry) => entry.kernel === kernel.id);
            const refused =
              here?.available !== false
                ? null
                : troubleText(
                    { code: 'kernel-unavailable', kernel: kernel.id, reason: here.reason ?? 'addon-failed', detail: here.detail ?? '' },
                    language,
                  );
            return (
              <tr key={kernel.id} className={refused === null ? undefined : 'gs-dim'}>
                <td className="gs-mono">{kernel.id}</td>
                <td style={{ whiteSpace: 'nowrap' }}>{backends[kernel.backend]}</td>
                <td style={{ whiteSpace: 'nowrap' }}>{refused === null ? (here?.isas?.join(', ') ?? ready) : notHere}</td>
                <td>{refused ?? kernel.summary[language]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

export function MachinePage() {
  const messages = useMessages();
  const machine = useLab((state) => state.machine);
  return (
    <div className="gs-page" data-pane="machine">
      <div className="gs-page-inner">
        <header>
          <h1>{messages.machine.title}</h1>
          <p className="gs-dim">{messages.machine.intro}</p>
        </header>
        {machine !== null && <MachineTable machine={machine} />}
        <CeilingsCard />
        <Adapters />
        <Kernels />
      </div>
    </div>
  );
}
