/** What this machine can do at most: measured on request, remembered, as tables of levels and instruction sets by threads. */
import { Button, Progress } from '@mantine/core';
import { computeTable, memoryTable, type RateTable } from '../../electron/shared/ceiling-tables.ts';
import type { Ceilings } from '../../electron/shared/ceilings.ts';
import { formatByteRate, formatFlopRate, NO_BREAK_SPACE } from '../../electron/shared/units.ts';
import { LOCALES } from '../i18n/locales.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { roughTime } from '../i18n/rough-time.ts';
import { cancelCeilings, measureCeilings } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';

/** As what did not repeat. */
const marked = (rate: string, unsteady: boolean | undefined): string => (unsteady ? `≈${NO_BREAK_SPACE}${rate}` : rate);

interface RatesProps<T> {
  readonly table: RateTable<T>;
  readonly heading: string;
  readonly nameOf: (of: T) => string;
  readonly format: (rate: number) => string;
}

function Rates<T>({ table: { threads, rows }, heading, nameOf, format }: RatesProps<T>) {
  const { ceilings: words } = useMessages().machine;
  if (rows.length === 0) return null;
  return (
    <table className="gs-table gs-numbers gs-rates">
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          {threads.map((count) => (
            <th scope="col" key={count}>
              {words.threads(count)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ of, rates }) => (
          <tr key={nameOf(of)}>
            <th scope="row">{nameOf(of)}</th>
            {rates.map((rate, index) => (
              <td key={threads[index]}>{rate === undefined ? '–' : marked(format(rate.perSecond), rate.unsteady)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AdapterRates({ gpu }: Pick<Ceilings, 'gpu'>) {
  const { ceilings: words, software } = useMessages().machine;
  const language = useLanguage();
  if (gpu.length === 0) return null;
  return (
    <table className="gs-table gs-numbers gs-rates">
      <thead>
        <tr>
          <th scope="col">{words.adapter}</th>
          <th scope="col">{words.copy}</th>
          <th scope="col">{words.gpuFma}</th>
        </tr>
      </thead>
      <tbody>
        {gpu.map(({ adapter, name, type, copyBytesPerSecond, flopsPerSecond, unsteady }) => (
          <tr key={adapter}>
            <th scope="row">{type === 'software' ? `${name} (${software})` : name}</th>
            <td>{marked(formatByteRate(copyBytesPerSecond, language), unsteady)}</td>
            <td>{marked(formatFlopRate(flopsPerSecond, language), unsteady)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tables({ ceilings }: { ceilings: Ceilings }) {
  const { ceilings: words } = useMessages().machine;
  const language = useLanguage();
  const isUnsteady = [...ceilings.memory, ...ceilings.compute, ...ceilings.gpu].some(({ unsteady }) => unsteady);
  const when = new Date(ceilings.measuredAt).toLocaleString(LOCALES[language], { dateStyle: 'long', timeStyle: 'short' });
  return (
    <div data-testid="ceilings" style={{ marginTop: '0.5rem' }}>
      <p className="gs-small">{words.measuredAt(when)}</p>
      <Rates
        table={memoryTable(ceilings)}
        heading={words.level}
        nameOf={({ level, streaming }) => words.levelName(level, streaming)}
        format={(rate) => formatByteRate(rate, language)}
      />
      <Rates
        table={computeTable(ceilings)}
        heading={words.computing}
        nameOf={({ isa, precision, operation }) => `${isa === 'scalar' ? words.scalar : isa}, ${precision}, ${words.operations[operation]}`}
        format={(rate) => formatFlopRate(rate, language)}
      />
      <AdapterRates gpu={ceilings.gpu} />
      {isUnsteady && <p className="gs-small">{words.unsteady}</p>}
      <p className="gs-dim gs-small" style={{ marginTop: '0.75rem' }}>
        {words.method}
      </p>
    </div>
  );
}

function Measuring({ fraction, secondsLeft }: { fraction: number; secondsLeft: number }) {
  const messages = useMessages();
  const { ceilings: words } = messages.machine;
  const language = useLanguage();
  return (
    <div data-testid="measuring-ceilings" style={{ marginTop: '0.5rem' }}>
      <Progress value={100 * fraction} size="sm" aria-label={words.measuring} transitionDuration={150} />
      <div className="gs-row" style={{ marginTop: '0.5rem' }}>
        <Button variant="default" onClick={cancelCeilings}>
          {words.cancel}
        </Button>
        <span className="gs-dim gs-small gs-numbers">{words.left(roughTime(Math.max(1, secondsLeft), language))}</span>
      </div>
    </div>
  );
}

export function CeilingsCard() {
  const { ceilings: words } = useMessages().machine;
  const ceilings = useLab((state) => state.ceilings);
  const progress = useLab((state) => state.ceilingsProgress);
  const running = useLab((state) => state.activeRun !== null || state.tuning !== null || state.pacing);
  return (
    <section className="gs-card" aria-label={words.title}>
      <h2 className="gs-card-title">{words.title}</h2>
      <p className="gs-dim">{words.intro}</p>
      {progress === null ? (
        <div className="gs-row" style={{ marginTop: '0.5rem' }}>
          <Button variant="default" onClick={() => void measureCeilings()} disabled={running} data-testid="measure-ceilings">
            {ceilings === null ? words.measure : words.measureAgain}
          </Button>
          <span className="gs-dim gs-small">{running ? words.afterTheRun : words.takes}</span>
        </div>
      ) : (
        <Measuring {...progress} />
      )}
      <div role="status" className="gs-small" style={{ marginTop: '0.25rem' }}>
        {progress === null ? '' : words.measuring}
      </div>
      {ceilings !== null && progress === null && <Tables ceilings={ceilings} />}
    </section>
  );
}
