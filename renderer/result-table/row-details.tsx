/** All that is known of a row, and what a person says of it: written when a field is left. */
import { Button, Drawer, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { type AnnotationChange, MAX_NAME, MAX_NOTE } from '../../electron/shared/annotations.ts';
import { energySentence } from '../../electron/shared/energy-words.ts';
import { FIGURE_TEXTS } from '../../electron/shared/figures/texts.ts';
import type { Baselines } from '../../electron/shared/result-table/comparison.ts';
import { bytesPerSecond, energyOfRow, flopsPerSecond, type ResultRow } from '../../electron/shared/result-table/result-row.ts';
import { comparisonSentence } from '../../electron/shared/result-table/words.ts';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { formatByteRate, formatFlopRate, formatInteger, formatInterval, formatNumber } from '../../electron/shared/units.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { LineSwatch } from '../charts/plot-legend.tsx';
import { CHART_TEXTS } from '../charts/texts.ts';
import { LOCALES } from '../i18n/locales.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { annotate, pinBaseline } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';
import { ranOn, ratioParts } from './columns.ts';
import { goToRun, useIsPinned } from './row-menu.tsx';
import { exerciseName, exerciseOf } from './table-view.ts';

export type DetailsFocus = 'facts' | 'name' | 'note';

interface DetailsProps {
  readonly row: ResultRow;
  readonly baselines: Baselines;
}

function Facts({ row, baselines }: DetailsProps) {
  const messages = useMessages();
  const language = useLanguage();
  const { resultTable: texts } = messages;
  const { columns } = texts;
  const words = FIGURE_TEXTS[language];
  const { result, run, setup, mark } = row;
  const { verification, trouble, variant } = result;
  const kernel = findKernel(row.kernel);
  const over = baselines.over(row);
  const energy = energyOfRow(row);
  const [bytes, flops] = [bytesPerSecond(row), flopsPerSecond(row)];
  const date = new Date(run.startedAt).toLocaleString(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short' });
  const error = verification && formatNumber(verification.maxAbsError ?? Number.NaN, language, 3);
  const facts: readonly (readonly [title: string, text: ReactNode])[] = [
    [texts.kernel, kernel === undefined ? row.kernel : `${row.kernel} — ${kernel.title[language]}`],
    [columns.run, [exerciseName(exerciseOf(row), messages, language), words.run(run.id), date].join(' · ')],
    [columns.grid, [setup.grid, setup.steps].join(' · ')],
    [texts.convention, [variant.precision, setup.stencil, setup.boundary, setup.seed].join(' · ')],
    [texts.constants, [setup.constants, setup.subnormals].join(' · ')],
    [columns.on, [ranOn(row, language), words.threads(variant.threads)].filter(Boolean).join(' · ')],
    [
      columns.parameters,
      Object.entries(variant.parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
    ],
    [columns.machine, setup.machine],
    [columns.rate, row.rate && formatInterval(row.rate, language, 'rate')],
    [CHART_TEXTS[language].rounds, formatInteger(row.secondsPerStep.length, language)],
    [over === undefined || over === row ? columns.ratio : texts.ratioTo(over.label), ratioParts(row, baselines, language).join(' ').trim()],
    [columns.verdict, comparisonSentence(baselines.compare(row), language)],
    [
      texts.declared,
      bytes === undefined || flops === undefined ? '' : `${formatByteRate(bytes, language)} · ${formatFlopRate(flops, language)}`,
    ],
    [columns.error, verification && texts.errorOf(error!, formatNumber(verification.tolerance, language, 3))],
    [columns.status, mark === undefined ? CHART_TEXTS[language].verified : words.marks[mark]],
    [texts.trouble, trouble && troubleText(trouble, language)],
    [
      columns.energy,
      'source' in energy ? `${formatInterval(energy.joulesPerBillion, language)} J/Gcell. ${energySentence([energy], language)}` : '',
    ],
  ];
  return (
    <dl className="gs-rt-facts">
      {facts.map(([title, text]) =>
        text === undefined || text === '' ? null : (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** As every format can hold it. */
const cleanName = (typed: string): string => typed.replace(/\p{Cc}/gu, ' ').trim();

interface FieldsProps {
  readonly row: ResultRow;
  readonly focus: DetailsFocus;
  /** Takes what is typed as soon as a field, or all of it, is left. */
  readonly typed: { current: AnnotationChange };
}

function Fields({ row, focus, typed }: FieldsProps) {
  const { resultTable: texts } = useMessages();
  const [name, setName] = useState(row.name ?? '');
  const [note, setNote] = useState(row.note ?? '');
  const keep = (change: AnnotationChange) => {
    typed.current = { ...typed.current, ...change };
  };
  const write = () => writeTyped(row, typed);
  return (
    <>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        placeholder={row.kernel}
        value={name}
        maxLength={MAX_NAME}
        data-autofocus={focus === 'name' || undefined}
        data-testid="row-name"
        onChange={(event) => {
          setName(event.currentTarget.value);
          keep({ name: cleanName(event.currentTarget.value) });
        }}
        onBlur={write}
        onKeyDown={(event) => event.key === 'Enter' && write()}
      />
      <Textarea
        label={texts.columns.note}
        autosize
        minRows={2}
        maxRows={8}
        value={note}
        maxLength={MAX_NOTE}
        data-autofocus={focus === 'note' || undefined}
        data-testid="row-note"
        onChange={(event) => {
          setNote(event.currentTarget.value);
          keep({ note: event.currentTarget.value });
        }}
        onBlur={write}
      />
    </>
  );
}

function writeTyped(row: ResultRow, typed: { current: AnnotationChange }): void {
  const change = typed.current;
  typed.current = {};
  // The field that was left before may still be on its way: the row does not know it yet, and nothing is said of it again.
  if (Object.keys(change).length > 0) void annotate(row.place, change);
}

interface RowDetailsProps extends DetailsProps {
  readonly focus: DetailsFocus;
  readonly onClose: () => void;
}

export function RowDetails({ row, baselines, focus, onClose }: RowDetailsProps) {
  const messages = useMessages();
  const { resultTable: texts } = messages;
  const projector = useLab((state) => state.preferences.theme === 'projector');
  const isPinned = useIsPinned(row);
  const typed = useRef<AnnotationChange>({});
  return (
    <Drawer
      opened
      onClose={() => {
        writeTyped(row, typed);
        onClose();
      }}
      position="right"
      size="26rem"
      title={
        <span className="gs-rt-title">
          <LineSwatch look={row.look} projector={projector} /> {row.label}
        </span>
      }
      closeButtonProps={{ 'aria-label': messages.close }}
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      attributes={{ header: { role: 'presentation' } }}
      data-testid="row-details"
    >
      <div className="gs-rt-details">
        <Fields row={row} focus={focus} typed={typed} />
        <div className="gs-row">
          <Button
            variant="default"
            aria-pressed={isPinned}
            disabled={row.hidden && !isPinned}
            onClick={() => void pinBaseline(isPinned ? undefined : row.place)}
          >
            {isPinned ? texts.unpin : texts.pin}
          </Button>
          <Button variant="default" onClick={() => void annotate(row.place, { hidden: !row.hidden })}>
            {row.hidden ? texts.show : texts.hide}
          </Button>
          <Button variant="default" onClick={() => goToRun(row)}>
            {texts.goToRun}
          </Button>
        </div>
        {row.hidden && <p className="gs-dim">{texts.hiddenHint}</p>}
        <Facts row={row} baselines={baselines} />
      </div>
    </Drawer>
  );
}
