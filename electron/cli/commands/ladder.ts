/** `gslab ladder`: what each good choice of a kernel is worth, one cause changed at a time; and the climb from the naive program. */
import type { CauseId } from '../../../kernels/cause.ts';
import { CAUSES } from '../../../kernels/causes.ts';
import type { Lab } from '../../engine/lab.ts';
import { requireKernel } from '../../engine/run/requests.ts';
import type { Hello, Language } from '../../shared/contract.ts';
import { DEFAULT_LADDER, type LadderState, ladderRequest, pacedLadder, ratesOfPaces } from '../../shared/cost-ladder.ts';
import { type LadderDocument, ladderDocumentSchema } from '../../shared/documents.ts';
import { estimatedSeconds } from '../../shared/estimate.ts';
import type { WaterfallBar, WaterfallPlot } from '../../shared/plots/plot.ts';
import { buildPlot } from '../../shared/plots/plot-data.ts';
import type { RunRecord, RunRequest } from '../../shared/run.ts';
import { JSON_SCHEMA_VERSION } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { formatDuration, formatInteger } from '../../shared/units.ts';
import { kernelsOn } from '../adapter-option.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { continueToEnd, runToEnd, withKeptLab, withTemporaryLab } from '../lab-run.ts';
import { outputFile } from '../output-path.ts';
import { addRunOptions, type RunOptions } from '../run-options.ts';
import { runRequest } from '../run-request.ts';
import { allTrusted, noteTroubles, printEnergy, printQuality, runParts } from '../run-result.ts';
import { type Column, textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { UNTIL_CLEAR_OPTION, untilClearOf } from '../until-clear.ts';

interface Options extends RunOptions {
  readonly out?: string;
  readonly untilClear?: number | true;
  readonly force?: boolean;
  readonly json?: boolean;
}

const PLAN: Readonly<Record<Language, (variants: string, rounds: string, time: string) => string>> = {
  en: (variants, rounds, time) => `${variants} variants, ${rounds} rounds of each: about ${time}.`,
  fr: (variants, rounds, time) => `${variants} variantes, ${rounds} répétitions de chacune\u00a0: environ ${time}.`,
};

type LadderChart = 'cost-ladder' | 'climb';

/** The state that the options describe; those that were not given are as in the default ladder. */
function stateOf(kernel: string, options: Options, given: (option: string) => boolean): LadderState {
  const { convention, grid, rounds, flushSubnormals, pin, variants } = runRequest([kernel], options, false);
  const { parameters, ...base } = variants[0]!;
  return {
    base: { ...base, ...(parameters && Object.keys(parameters).length > 0 && { parameters }) },
    ...{ convention, grid, flushSubnormals },
    rounds: given('rounds') ? rounds : DEFAULT_LADDER.rounds,
    pin: given('pin') ? pin : DEFAULT_LADDER.pin,
  };
}

function requestFor(state: LadderState, hello: Hello, options: Options): RunRequest {
  const kernels = kernelsOn(hello, options.adapter);
  const adapter = options.adapter ?? hello.preferences.adapter;
  const { machine, adapters } = hello;
  const here = { kernels, adapters, adapter, logicalCores: machine.logicalCores, os: machine.os };
  const request = ladderRequest(state, here);
  if (request !== undefined) return options.control ? request : { ...request, control: false };
  const { kernel } = state.base;
  const { reason = 'runner-crashing', detail = '' } = kernels.find((each) => each.kernel === kernel) ?? {};
  throw new TroubleError({ code: 'kernel-unavailable', kernel, reason, detail });
}

function plotOf(lab: Lab, run: RunRecord, chart: LadderChart, language: Language): WaterfallPlot | undefined {
  const plot = buildPlot(chart, { session: lab.session.read(), runIds: [run.id], language });
  return plot?.kind === 'waterfall' ? plot : undefined;
}

function waterfallTable({ bars, columns }: WaterfallPlot): string {
  const heads: Column[] = [
    { heading: columns.label },
    { heading: columns.what },
    { heading: columns.value, align: 'right' },
    { heading: '' },
  ];
  return textTable(
    heads,
    bars.map(({ label, what, text, below }) => [label, what, text, below]),
  );
}

function printPlot(plot: WaterfallPlot, terminal: Terminal): void {
  terminal.print(`${plot.title}\n\n${waterfallTable(plot)}\n\n${plot.conclusion}\n`);
  for (const { sentence } of plot.bars) terminal.print(`· ${sentence}`);
  if (plot.absent.length > 0) terminal.print(`\n${plot.key.absent}`);
  for (const { sentence } of plot.absent) terminal.print(`· ${sentence}`);
  terminal.print('');
}

const VERDICTS = { longer: 'longer', shorter: 'shorter', same: 'no-difference', unclear: 'cannot-tell', start: undefined } as const;

type Told = Record<Language, WaterfallPlot | undefined>;
const inBoth = ({ en, fr }: Told, text: (plot: WaterfallPlot) => string | undefined) => ({
  en: (en && text(en)) ?? '',
  fr: (fr && text(fr)) ?? '',
});

function changesOf(run: RunRecord, told: Told): LadderDocument['changes'] {
  return (run.request.ladder?.changes ?? []).map(({ cause, from, to }) => {
    const find = ({ bars }: WaterfallPlot): WaterfallBar | undefined => bars.find(({ key }) => key === `${cause} ${to}`);
    const bar = told.en && find(told.en);
    const verdict = bar?.trusted ? VERDICTS[bar.kind] : undefined;
    const { module, exercise } = CAUSES[cause];
    return {
      ...{ cause, module, exercise, from, to },
      ...(bar?.trusted && bar.to && { times: bar.to }),
      ...(verdict && { verdict }),
      sentence: inBoth(told, (plot) => find(plot)?.sentence),
    };
  });
}

function ladderParts(lab: Lab, run: RunRecord): Pick<LadderDocument, 'changes' | 'climb' | 'unchanged' | 'conclusion'> {
  const both = (chart: LadderChart): Told => ({ en: plotOf(lab, run, chart, 'en'), fr: plotOf(lab, run, chart, 'fr') });
  const [told, climbed] = [both('cost-ladder'), both('climb')];
  const absent = (plot: WaterfallPlot, cause: CauseId) => plot.absent.find(({ key }) => key === cause)?.sentence;
  const { climb = [], unchanged = [] } = run.request.ladder ?? {};
  return {
    changes: changesOf(run, told),
    climb: climb.map(({ rung, variant }) => ({
      ...{ rung, variant },
      sentence: inBoth(climbed, ({ bars }) => bars.find(({ key }) => key === rung)?.sentence),
    })),
    unchanged: unchanged.map(({ cause }) => ({ cause, sentence: inBoth(told, (plot) => absent(plot, cause)) })),
    conclusion: inBoth(told, ({ conclusion }) => conclusion),
  };
}

export const addLadder: AddCommand = (program, invocation) => {
  const command = program
    .command('ladder')
    .description('what costs what: a kernel with all its good choices, and each of them taken away alone')
    .argument('[kernel]', 'id, as gslab list shows it', DEFAULT_LADDER.base.kernel);
  addRunOptions(command)
    .option('--no-pin', 'start from threads that are not pinned')
    .option(...UNTIL_CLEAR_OPTION)
    .option('--out <file.gslab>', 'keep the session there')
    .option('--force', 'replace a file that exists')
    .option('--json', 'one JSON document')
    .action(async (kernel: string, options: Options) => {
      const terminal = terminalFor(invocation, options);
      const given = (option: string) => command.getOptionValueSource(option) === 'cli';
      const state = stateOf(requireKernel(kernel).id, options, given);
      const untilClear = untilClearOf(options.untilClear);
      const force = options.force === true;
      const out = options.out === undefined ? undefined : outputFile(options.out, { option: '--out', extensions: ['.gslab'], force });

      const use = async (lab: Lab) => {
        const asked = requestFor(state, await lab.hello(), options);
        terminal.note(`${terminal.word('pacing')}…`);
        const paces = await lab.paceOf(asked);
        const request = pacedLadder(asked, paces, given('steps') ? options.steps : undefined);
        const rates = ratesOfPaces(request, paces);
        const seconds = estimatedSeconds(request, (_, index) => rates[index])!;
        const { language } = terminal;
        const [variants, rounds] = [request.variants.length, request.rounds].map((count) => formatInteger(count, language));
        terminal.note(PLAN[language](variants!, rounds!, formatDuration(Math.max(1, seconds), language)));
        const started = await runToEnd(lab, request, terminal);
        const run = untilClear === undefined ? started : await continueToEnd(lab, started.id, { untilClear }, terminal);
        const { machine } = await lab.hello();
        const described = lab.session.read().machines[run.machine] ?? machine;
        printQuality(run, described, terminal);
        for (const chart of ['cost-ladder', 'climb'] as const) {
          const plot = plotOf(lab, run, chart, language);
          if (plot !== undefined) printPlot(plot, terminal);
        }
        printEnergy(run, terminal);
        noteTroubles(run, terminal);
        terminal.document(ladderDocumentSchema, {
          schemaVersion: JSON_SCHEMA_VERSION,
          machine,
          ...runParts(run, described),
          ...ladderParts(lab, run),
        });
        return allTrusted(run) ? EXIT.ok : EXIT.failed;
      };
      invocation.exitCode = await (out === undefined ? withTemporaryLab(use) : withKeptLab(out, use));
    });
};
