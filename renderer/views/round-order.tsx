/** The random order in which the rounds of the kernels take turns, and how far it has come. */
import { Fragment } from 'react';
import { runLabels } from '../../electron/shared/figures/labels.ts';
import type { RunRecord, Sample } from '../../electron/shared/run.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { useMessages } from '../i18n/messages.ts';
import { useLab } from '../state/lab-store.ts';

/** Beyond these the strips would be unreadable; the facts say the numbers. */
const MOST_SLOTS = 120;
const MOST_ROUNDS = 20;
/** More variants than these have no strip each: then the rounds have one. */
const MOST_STRIPS = 8;

interface RunTurn {
  readonly variant: number;
  readonly round: number;
  /** The variant is measured for the second time in this round. */
  readonly control: boolean;
}

/** Turns of the run, in time, round after round. */
export function roundsOf({ order, variants, control }: RunRecord): RunTurn[][] {
  return order.map((entries, round) =>
    entries.map((entry) => {
      const isControl = entry === variants.length;
      return { variant: isControl ? (control?.variant ?? 0) : entry, round, control: isControl };
    }),
  );
}

interface Slot {
  readonly key: string;
  readonly at: number;
  readonly colour: string;
  /** Strength of the colour where it is done, so that the variants of one kernel can be told apart. */
  readonly strength: number;
  readonly done: boolean;
  /** Drawn low. */
  readonly control: boolean;
}

function Strip({ slots, length, label }: { readonly slots: readonly Slot[]; readonly length: number; readonly label: string }) {
  return (
    <svg viewBox={`0 0 ${length} 1`} preserveAspectRatio="none" role="img" aria-label={label}>
      {slots.map(({ key, at, colour, strength, done, control }) => (
        <rect
          key={key}
          x={at + 0.08}
          y={control ? 0.6 : 0.12}
          width={0.84}
          height={control ? 0.28 : 0.76}
          fill={done ? colour : 'none'}
          fillOpacity={strength}
          stroke={colour}
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

const colourOf = (kernel: string): string => findKernel(kernel)?.look.color ?? 'currentColor';

/** Whether a turn is over */
type IsDone = (turn: RunTurn) => boolean;

/** A strip for each variant, its turns at their places in the whole run. */
function ByVariant({ run, labels, isDone }: { readonly run: RunRecord; readonly labels: readonly string[]; readonly isDone: IsDone }) {
  const messages = useMessages();
  const turns = roundsOf(run).flat();
  return run.variants.map(({ variant }, index) => {
    const label = labels[index] ?? variant.kernel;
    const slots = turns.flatMap((turn, at) =>
      turn.variant !== index
        ? []
        : [{ key: String(at), at, colour: colourOf(variant.kernel), strength: 1, done: isDone(turn), control: turn.control }],
    );
    const rounds = slots.filter(({ done, control }) => done && !control).length;
    return (
      <Fragment key={label}>
        <span className="gs-mono">{label}</span>
        <Strip slots={slots} length={turns.length} label={messages.facts.orderOf(label, rounds, run.request.rounds)} />
      </Fragment>
    );
  });
}

/** A strip for each round: all variants in the order that was drawn, those of a kernel from pale to full. */
function ByRound({ run, isDone }: { readonly run: RunRecord; readonly isDone: IsDone }) {
  const messages = useMessages();
  const kernels = run.variants.map(({ variant }) => variant.kernel);
  const strengthOf = (variant: number): number => {
    const same = kernels.flatMap((kernel, index) => (kernel === kernels[variant] ? [index] : []));
    return 0.25 + (0.75 * (same.indexOf(variant) + 1)) / same.length;
  };
  return roundsOf(run).map((turns, round) => {
    const slots = turns.map((turn, at) => ({
      key: String(at),
      at,
      colour: colourOf(kernels[turn.variant] ?? ''),
      strength: strengthOf(turn.variant),
      done: isDone(turn),
      control: turn.control,
    }));
    const variants = slots.filter(({ control }) => !control);
    const label = messages.facts.orderOfRound(round + 1, variants.filter(({ done }) => done).length, variants.length);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a round is its index
      <Fragment key={round}>
        <span aria-hidden="true">{round + 1}</span>
        <Strip slots={slots} length={turns.length} label={label} />
      </Fragment>
    );
  });
}

export function RoundOrder({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const session = useLab((state) => state.session);
  const byVariant = run.variants.length <= MOST_STRIPS;
  const slots = roundsOf(run).flat().length;
  if (slots === 0) return null;
  if (byVariant ? slots > MOST_SLOTS : run.variants.length > MOST_SLOTS || run.order.length > MOST_ROUNDS) return null;
  const roundsIn = (samples: readonly Sample[] = []) => new Set(samples.map(({ round }) => round));
  const measured = run.variants.map(({ samples }) => roundsIn(samples));
  const again = roundsIn(run.control?.samples);
  const isDone: IsDone = ({ variant, round, control }) => (control ? again : measured[variant])?.has(round) ?? false;
  const labels = runLabels(run, session ?? {});
  const twin = run.control && labels[run.control.variant];
  return (
    <>
      <h2>{messages.facts.order}</h2>
      <div className="gs-order gs-small">
        {byVariant ? <ByVariant run={run} labels={labels} isDone={isDone} /> : <ByRound run={run} isDone={isDone} />}
      </div>
      {twin !== undefined && (
        <p className="gs-order-control gs-small gs-dim">
          <span className="gs-order-mark" aria-hidden="true" />
          {messages.facts.control(twin)}
        </p>
      )}
    </>
  );
}
