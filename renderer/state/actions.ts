/** What the person can do that reaches the engine. Each shows its own trouble; none throws. */
import type { AnnotationChange, ResultPlace } from '../../electron/shared/annotations.ts';
import { COMPARISON_FORMATS, type ExportFormat, type Preferences, type Result, type TableFormat } from '../../electron/shared/contract.ts';
import { pacedLadder } from '../../electron/shared/cost-ladder.ts';
import { rooflineRuns } from '../../electron/shared/plots/roofline-choice.ts';
import type { RunRequest } from '../../electron/shared/run.ts';
import { asTrouble } from '../../electron/shared/trouble.ts';
import type { ChartId } from '../../kernels/exercise.ts';
import { findExercise } from '../../kernels/syllabus.ts';
import { callEngine, loadSession, tryEngine } from '../connection.ts';
import { fieldsPicture } from '../field/fields-picture.ts';
import { finalFields } from '../field/final-fields-data.ts';
import { MESSAGES } from '../i18n/messages.ts';
import { type MoreRounds, moreChoices } from './continue-run.ts';
import { draftFor } from './drafts.ts';
import { pacesFrom, variantsToTry } from './estimate.ts';
import { hereOf, isMeasuring, logicalCoresOf, openDialog, report, useLab } from './lab-store.ts';
import { ladderHereOf, ladderOf } from './ladder-draft.ts';
import { COSTS, draftKey, goTo, pageOfRun } from './page.ts';
import { predictionOf, predictRate } from './predicted-rate.ts';
import { refusalsOf } from './refusal.ts';
import { draftProblems, requestOf } from './run-draft.ts';
import { showView } from './show-view.ts';
import { chartInFront, chartsFor, shownRun } from './shown-run.ts';

/** Runs what the page has in its draft. Does nothing while a run goes on, or while something typed is wrong. */
export async function startRun(key: string): Promise<void> {
  const state = useLab.getState();
  const draft = draftFor(state.drafts, key);
  const { runnable } = refusalsOf(draft, hereOf(state));
  if (state.starting || isMeasuring(state) || runnable.length === 0 || Object.keys(draftProblems(draft)).length > 0) return;
  const exercise = findExercise(key);
  const ratio = state.predictions[key];
  const predictedRate = predictionOf(state.predictedRates[key], draft, runnable);
  const request = requestOf(draft, runnable, {
    ...(exercise === undefined ? {} : { exercise: exercise.id }),
    ...(exercise === undefined || ratio === undefined
      ? {}
      : { prediction: { of: exercise.prediction.of, over: exercise.prediction.over, ratio } }),
    ...(predictedRate && { predictedRate }),
  });
  useLab.setState({ starting: true });
  const started = await callEngine('startRun', request).catch((error) => {
    const trouble = asTrouble(error);
    // Whoever ends the search before the run knows it.
    if (trouble.code !== 'cancelled') report(trouble);
    return undefined;
  });
  useLab.setState({ starting: false, tuning: null });
  if (started !== undefined) {
    useLab.setState(({ shownRuns }) => ({ shownRuns: { ...shownRuns, [key]: started.runId } }));
    // The run has it now; the next one is another guess.
    predictRate(key, undefined);
  }
}

/** Runs the cost ladder of its page, with steps by the pace of this machine, which is looked at first. */
export async function startLadder(): Promise<void> {
  const state = useLab.getState();
  const request = ladderOf(draftFor(state.drafts, COSTS), ladderHereOf(state, state.machine));
  if (state.starting || isMeasuring(state) || request === undefined) return;
  useLab.setState({ starting: true, pacing: true });
  try {
    const { secondsPerStep } = await callEngine('paceOf', request);
    const { runId } = await callEngine('startRun', pacedLadder(request, secondsPerStep));
    useLab.setState(({ shownRuns }) => ({ shownRuns: { ...shownRuns, [COSTS]: runId } }));
  } catch (error) {
    const trouble = asTrouble(error);
    if (trouble.code !== 'cancelled') report(trouble);
  } finally {
    useLab.setState({ starting: false, tuning: null, pacing: false });
  }
}

/** Runs what the page in front shows, from the menu, the palette or a shortcut. */
export function startShownRun(): void {
  const { page } = useLab.getState();
  if (page.name === COSTS) void startLadder();
  else if (page.name === 'exercise' || page.name === 'workbench') void startRun(draftKey(page));
}

export function cancelActiveRun(): void {
  const { activeRun, tuning, pacing } = useLab.getState();
  if (tuning !== null || pacing) void tryEngine('cancelTuning', {});
  else if (activeRun !== null) void tryEngine('cancelRun', { runId: activeRun });
}

/** Tries a few steps of what the run would take, so that its duration can be told. */
export async function measurePace(request: RunRequest): Promise<void> {
  const state = useLab.getState();
  if (state.starting || isMeasuring(state)) return;
  useLab.setState({ pacing: true });
  const tried = { ...request, variants: variantsToTry(request) };
  try {
    const { secondsPerStep } = await callEngine('paceOf', tried);
    const cores = logicalCoresOf(state);
    const found = pacesFrom(tried, secondsPerStep, cores === 'unknown' ? 1 : cores);
    useLab.setState(({ paces }) => ({ paces: { ...paces, ...found } }));
  } catch (error) {
    const trouble = asTrouble(error);
    if (trouble.code !== 'cancelled') report(trouble);
  } finally {
    useLab.setState({ pacing: false });
  }
}

/** What is measured comes with the event that every window hears. */
export async function measureCeilings(): Promise<void> {
  await callEngine('measureCeilings', {}).catch((error) => {
    const trouble = asTrouble(error);
    // Whoever ends the measurement knows it.
    if (trouble.code !== 'cancelled') report(trouble);
  });
}

export function cancelCeilings(): void {
  void tryEngine('cancelCeilings', {});
}

/** Holds the run in progress after the turn that is being measured, or lets it go on. */
export function pauseOrResume(): void {
  const { activeRun, paused } = useLab.getState();
  if (activeRun !== null) void tryEngine(paused ? 'resumeRun' : 'pauseRun', { runId: activeRun });
}

/** Takes a run that has ended up again: what was cut short, and more rounds where they are asked for. */
export async function continueRun(runId: number, more: MoreRounds): Promise<void> {
  if (useLab.getState().starting || isMeasuring(useLab.getState())) return;
  useLab.setState({ starting: true });
  await tryEngine('continueRun', { runId, ...more });
  useLab.setState({ starting: false, tuning: null });
}

/** What the shortcut does to the run that the page shows: finishes it, or adds the fewest rounds of the menu. */
export function continueShownRun(): void {
  const state = useLab.getState();
  const run = shownRun(state, draftKey(state.page));
  const [first] = run === undefined ? [] : moreChoices(run);
  if (run !== undefined && first !== undefined) void continueRun(run.id, first);
}

export async function setPreferences(change: Partial<Preferences>): Promise<void> {
  const before = useLab.getState().preferences;
  const wanted = { ...before, ...change };
  // Shown at once: a switch of theme or language must not wait for a disk.
  useLab.setState({ preferences: wanted });
  const stored = await tryEngine('setPreferences', wanted);
  if (stored !== undefined) useLab.setState({ preferences: stored });
}

let notesTimer: ReturnType<typeof setTimeout> | undefined;

/** Shown at once, written when the typing pauses. */
export function typeNotes(notes: string): void {
  useLab.setState(({ session }) => (session === null ? {} : { session: { ...session, notes } }));
  clearTimeout(notesTimer);
  notesTimer = setTimeout(() => void tryEngine('setNotes', { notes }), 400);
}

export async function setExerciseDone(exercise: string, done: boolean): Promise<void> {
  if ((await tryEngine('setExerciseDone', { exercise, done })) === undefined) return;
  useLab.setState(({ session }) => {
    if (session === null) return {};
    const others = session.exercisesDone.filter((id) => id !== exercise);
    return { session: { ...session, exercisesDone: done ? [...others, exercise] : others } };
  });
}

/** Names, notes or hides a result; every window hears of it. */
export async function annotate(at: ResultPlace, change: AnnotationChange): Promise<void> {
  await tryEngine('annotate', { at, change });
}

/** What all results are compared with; without one every run has its own baseline again. */
export async function pinBaseline(baseline: ResultPlace | undefined): Promise<void> {
  await tryEngine('pinBaseline', baseline === undefined ? {} : { baseline });
}

/** The engine answers with the new session; its event makes the window load it. */
export async function newSession(): Promise<void> {
  await tryEngine('newSession', {});
}

/** Opens it and goes to the page of its latest run, that is what one opens a session for; of a figure to what it shows. */
export async function openSession(path: string): Promise<boolean> {
  const opened = await tryEngine('openSession', { path });
  if (opened === undefined) return false;
  // What was wrong with another file is over with the one that opened.
  useLab.setState(({ notices }) => ({ notices: notices.filter(({ trouble }) => trouble.code !== 'session') }));
  await loadSession();
  const latest = useLab.getState().session?.runs.at(-1);
  if (latest !== undefined) {
    goTo(pageOfRun(latest));
  }
  if (opened.view !== undefined) showView(opened.view);
  return true;
}

/** The desktop's own dialog, else the page that lists the sessions and takes a path. */
export async function chooseAndOpenSession(): Promise<void> {
  if (globalThis.gslab === undefined) {
    goTo({ name: 'sessions' });
    return;
  }
  const path = await globalThis.gslab.chooseOpen();
  if (path !== null) await openSession(path);
}

export async function chooseAndSaveSession(): Promise<void> {
  const path = useLab.getState().sessionInfo?.path;
  if (path === undefined) return;
  if (globalThis.gslab === undefined) {
    openDialog('save-as');
    return;
  }
  const chosen = await globalThis.gslab.chooseSave(path);
  if (chosen !== null) await saveSessionAs(chosen, true);
}

/** `exists` when a file is there already and `replace` is false: the caller asks and comes again. */
export async function saveSessionAs(path: string, replace: boolean): Promise<'saved' | 'exists' | 'failed'> {
  try {
    const info = await callEngine('saveSessionAs', { path, replace });
    useLab.setState({ sessionInfo: info });
    return 'saved';
  } catch (error) {
    const trouble = asTrouble(error);
    if (trouble.code === 'session' && trouble.problem === 'exists') return 'exists';
    report(trouble);
    return 'failed';
  }
}

type FigureChoice = NonNullable<Preferences['figure']>;
const FIRST_CHOICE: FigureChoice = { format: 'svg', preset: 'report', grey: false, scale: 2 };

/** How figures were last exported, by whichever window. */
export const figureChoice = ({ figure = FIRST_CHOICE }: Preferences): FigureChoice => figure;

/** The chart in front, of the run that the page shows: as chosen, and as last time in all else. */
export async function exportShownChart(key: string, choice: Partial<FigureChoice> = {}): Promise<void> {
  const state = useLab.getState();
  const run = shownRun(state, key);
  if (run !== undefined) await exportRuns([run.id], chartInFront(chartsFor(run), state, key), choice);
}

/** The runs that a chart of one run is made of: a roofline has the others of its session beside it. */
const runsIn = (chart: ChartId, runs: number[]): number[] => {
  const { session } = useLab.getState();
  return chart === 'roofline' && session !== null && runs.length === 1 ? rooflineRuns(session, runs[0]!) : runs;
};

/** Makes the file in the engine and hands it to the browser as a download. */
export async function exportRuns(runs: number[], chart: ChartId, choice: Partial<FigureChoice>): Promise<void> {
  const { preferences } = useLab.getState();
  const { language } = preferences;
  const figure = { ...figureChoice(preferences), ...choice };
  await save(tryEngine('exportChart', { chart, runs: runsIn(chart, runs), language, ...figure }), figure);
}

/** The engine's file as a download; what it was made with is offered the next time. */
async function save(made: Promise<Result<'exportChart'> | undefined>, figure: FigureChoice): Promise<void> {
  const file = await made;
  if (file === undefined) return;
  download(blobOf(file), file.fileName);
  await setPreferences({ figure });
}

/** Every chart of the runs in one archive, a file for each. */
export async function exportAllCharts(runs: number[], choice: Partial<FigureChoice>): Promise<void> {
  const { preferences } = useLab.getState();
  const figure = { ...figureChoice(preferences), ...choice };
  await save(tryEngine('exportAllCharts', { runs, language: preferences.language, ...figure }), figure);
}

/** The roofline of two sessions, by their paths. */
export async function exportComparison(
  a: string,
  b: string,
  choice: Pick<FigureChoice, 'scale'> & { readonly format: ExportFormat },
): Promise<void> {
  const { preferences } = useLab.getState();
  const format = COMPARISON_FORMATS.find((each) => each === choice.format);
  if (format === undefined) return;
  const { preset, grey } = figureChoice(preferences);
  const request = { ...{ a, b, preset, grey }, ...choice, format, language: preferences.language };
  await save(tryEngine('exportComparison', request), { ...figureChoice(preferences), ...choice });
}

/** The rows that the table lists, hidden ones among them where they are listed, in their order. */
export async function exportTable(format: TableFormat, rows: ResultPlace[]): Promise<void> {
  const { language } = useLab.getState().preferences;
  const file = await tryEngine('exportTable', { format, language, rows, hidden: true });
  if (file !== undefined) download(blobOf(file), file.fileName);
}

const blobOf = ({ base64, mediaType }: Result<'exportTable'>): Blob =>
  new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: mediaType });

/** The final fields of a run on one page, in the colours of the field view. */
export async function exportFields(runId: number, scale: number): Promise<void> {
  const { field, preferences } = useLab.getState();
  const { language } = preferences;
  // The window's own knows no machine of a run that it has seen begin.
  const session = (await tryEngine('getSession', {}))?.session;
  const run = session?.runs.find(({ id }) => id === runId);
  if (session === undefined || run === undefined) return;
  const frames = await finalFields(run, field);
  const input = { session, run, frames, language, messages: MESSAGES[language] };
  const picture = frames.size === 0 ? null : await fieldsPicture(input, field, scale);
  const { rows, cols } = run.request.grid;
  const subject = run.request.exercise?.toLowerCase() ?? 'runs';
  if (picture !== null) download(picture, `${subject}-fields-${field.species}-${rows}x${cols}.png`);
}

export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
