/**
 * What the window knows. Only plain values live here; what changes them are functions of the files beside this one.
 * Components read with small selectors that return one stored value (a selector building a new object would render
 * for ever). Frames of the field never come here: they go from the socket to the canvas (`field/`).
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Ceilings } from '../../electron/shared/ceilings.ts';
import type { Availability, EventData, Preferences } from '../../electron/shared/contract.ts';
import type { Species } from '../../electron/shared/frame.ts';
import type { Here as ReadHere } from '../../electron/shared/here.ts';
import type { Machine } from '../../electron/shared/machine.ts';
import type { Adapter } from '../../electron/shared/run.ts';
import type { Session, SessionInfo } from '../../electron/shared/session.ts';
import type { Trouble } from '../../electron/shared/trouble.ts';
import type { ChartId } from '../../kernels/exercise.ts';
import type { ColourMap } from '../field/colour-map.ts';
import type { KnownRate } from './estimate.ts';
import type { Page } from './page.ts';
import type { PredictedRate } from './predicted-rate.ts';
import type { Here } from './refusal.ts';
import type { RunDraft } from './run-draft.ts';
import type { RunProgress } from './run-events.ts';

export interface FieldSettings {
  readonly species: Species;
  readonly map: ColourMap;
  /** The locked range of each species. */
  readonly range: Readonly<Record<Species, { readonly low: number; readonly high: number }>>;
}

export interface Notice {
  readonly id: number;
  readonly trouble: Trouble;
}

export type Dialog = 'save-as' | 'shortcuts' | 'export';

export interface LabState {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly appVersion: string;
  readonly machine: Machine | null;
  readonly adapters: readonly Adapter[];
  readonly kernels: readonly Availability[];
  readonly preferences: Preferences;
  readonly sessionInfo: SessionInfo | null;
  readonly session: Session | null;
  readonly activeRun: number | null;
  /** The active run is held, or will be when the turn in progress has ended. */
  readonly paused: boolean;
  readonly progress: RunProgress | null;
  /** A run that was asked for in this window has not begun yet. */
  readonly starting: boolean;
  /** The search that goes before a run, while it goes on. */
  readonly tuning: EventData<'tuning'> | null;
  /** The pace of a run that was asked for in this window is being looked at. */
  readonly pacing: boolean;
  /** How fast kernels were when a few steps of them were tried, by `paceKey`. */
  readonly paces: Readonly<Record<string, KnownRate>>;
  /** What this machine can do at most, where that has been measured. */
  readonly ceilings: Ceilings | null;
  /** Of their measurement, while it goes on. */
  readonly ceilingsProgress: EventData<'ceilingsProgress'> | null;
  /** The run that ended last in this window, for the words that announce it. */
  readonly lastFinishedRun: number | null;
  /** The run of the figure that was opened, whose chart stays in front. */
  readonly figureRun: number | null;
  readonly page: Page;
  /** What is typed for the next run, by exercise id or `workbench`. */
  readonly drafts: Readonly<Record<string, RunDraft>>;
  /** Predicted ratios by exercise id; absent until the slider was moved. */
  readonly predictions: Readonly<Record<string, number>>;
  /** Rates predicted on the roofline, by exercise id or `workbench`. */
  readonly predictedRates: Readonly<Record<string, PredictedRate>>;
  /** Which run the results show, where not the newest, by exercise id or `workbench`. */
  readonly shownRuns: Readonly<Record<string, number>>;
  /** Which chart the results have in front, where one was chosen, by exercise id or `workbench`. */
  readonly shownCharts: Readonly<Record<string, ChartId>>;
  readonly notices: readonly Notice[];
  readonly field: FieldSettings;
  readonly dialog: Dialog | null;
  /** The syllabus as a narrow strip; null follows the window's width. */
  readonly syllabusFolded: boolean | null;
  /** Wide kernel source: the middle column takes the room of the results. */
  readonly wideSource: boolean;
}

export const useLab = create<LabState>()(() => ({
  connection: 'connecting',
  appVersion: '',
  machine: null,
  adapters: [],
  kernels: [],
  preferences: { language: 'en', theme: 'dark', adapter: 'auto' },
  sessionInfo: null,
  session: null,
  activeRun: null,
  paused: false,
  progress: null,
  starting: false,
  tuning: null,
  pacing: false,
  paces: {},
  figureRun: null,
  ceilings: null,
  ceilingsProgress: null,
  lastFinishedRun: null,
  page: { name: 'exercise', exercise: '' },
  drafts: {},
  predictions: {},
  predictedRates: {},
  shownRuns: {},
  shownCharts: {},
  notices: [],
  field: { species: 'v', map: 'inferno', range: { u: { low: 0, high: 1 }, v: { low: 0, high: 0.5 } } },
  dialog: null,
  syllabusFolded: null,
  wideSource: true,
}));

/** Whether a run, the search before one or the ceilings are being measured: one at a time. */
export const isMeasuring = ({ activeRun, tuning, pacing, ceilingsProgress }: LabState): boolean =>
  activeRun !== null || tuning !== null || pacing || ceilingsProgress !== null;

/** Processors of this machine, for a selector. */
export const logicalCoresOf = ({ machine }: Pick<LabState, 'machine'>): number | 'unknown' => machine?.logicalCores ?? 'unknown';

/** For `refusalsOf`; made anew each time, so that a component selects it with `useShallow`. */
export const hereOf = ({ kernels, machine, adapters, preferences }: LabState): Here => ({
  ...{ kernels, logicalCores: logicalCoresOf({ machine }), adapters, adapter: preferences.adapter },
});

let lastNotice = 0;

/** Shows trouble as a dismissable banner. */
export function report(trouble: Trouble): void {
  lastNotice += 1;
  const notice = { id: lastNotice, trouble };
  // The same trouble said twice is one banner; more than three would hide the page.
  useLab.setState(({ notices }) => ({
    notices: [...notices.filter((known) => JSON.stringify(known.trouble) !== JSON.stringify(trouble)), notice].slice(-3),
  }));
}

export function dismissNotice(id: number): void {
  useLab.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

export function openDialog(dialog: Dialog | null): void {
  useLab.setState({ dialog });
}

export function changeField(change: Partial<FieldSettings>): void {
  useLab.setState(({ field }) => ({ field: { ...field, ...change } }));
}

/** What this machine is, for the roofs of a session that does not tell of it. */
export function useHere(): ReadHere | undefined {
  const machine = useLab((state) => state.machine);
  const ceilings = useLab((state) => state.ceilings);
  return useMemo(() => (machine === null ? undefined : { machine, ...(ceilings && { ceilings }) }), [machine, ceilings]);
}
