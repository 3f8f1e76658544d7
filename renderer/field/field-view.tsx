/** The live field: canvas, colour bar with its locked range, what the picture says in numbers. */
import { useEffect, useRef, useState } from 'react';
import type { Frame } from '../../electron/shared/frame.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import { formatInteger, formatNumber } from '../../electron/shared/units.ts';
import { pullFrame } from '../connection.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useDraft } from '../state/drafts.ts';
import { useLab } from '../state/lab-store.ts';
import { gridOf } from '../state/run-draft.ts';
import { FieldControls } from './field-controls.tsx';
import { FieldScreen, type Reading } from './field-screen.ts';
import { startFrameLoop } from './frame-loop.ts';
import { seedPicture } from './seed-picture.ts';
import { usePointer } from './use-pointer.ts';

/** The last frames of the runs seen in this window, so that going to another page and back does not lose the picture. */
const lastFrames = new Map<string, Frame>();
const MOST_FRAMES = 16;

/** Runs of two sessions may have the same number, never the same start. */
const frameKey = (run: RunRecord | undefined, species: string) => `${run?.startedAt} ${run?.id} ${species}`;

function keepFrame(key: string, frame: Frame): void {
  lastFrames.delete(key);
  lastFrames.set(key, frame);
  const [oldest] = lastFrames.keys();
  if (lastFrames.size > MOST_FRAMES && oldest !== undefined) lastFrames.delete(oldest);
}

function useReadingTexts(health: React.RefObject<HTMLDivElement | null>, note: React.RefObject<HTMLDivElement | null>) {
  const messages = useMessages();
  const language = useLanguage();
  return ({ frame, framesPerSecond, probe, picture }: Reading) => {
    const number = (value: number) => formatNumber(value, language, 3);
    if (note.current !== null) {
      note.current.textContent =
        probe === null
          ? ''
          : messages.field.probe(formatInteger(probe.row, language), formatInteger(probe.col, language), number(probe.value));
    }
    if (health.current === null) return;
    const parts: string[] = [];
    if (frame !== null) {
      parts.push(messages.field.step(formatInteger(frame.step, language)));
      if (Number.isNaN(frame.mean) || Number.isNaN(frame.max)) parts.push(messages.field.notANumber);
      else parts.push(messages.field.health(number(frame.min), number(frame.max), number(frame.mean)));
      if (framesPerSecond > 0) parts.push(messages.field.rate(String(framesPerSecond)));
    } else if (picture !== null) parts.push(messages.field.seed);
    health.current.replaceChildren(
      ...parts.map((part) => {
        const span = document.createElement('span');
        span.textContent = part;
        return span;
      }),
    );
  };
}

export function FieldView({ draftKey, run }: { draftKey: string; run: RunRecord | undefined }) {
  const messages = useMessages();
  const draft = useDraft(draftKey);
  const { species, map, range } = useLab((state) => state.field);
  const live = useLab((state) => state.activeRun !== null && state.activeRun === run?.id) && run?.request.display === true;
  const canvas = useRef<HTMLCanvasElement>(null);
  const health = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<FieldScreen | null>(null);
  // A lost WebGL context never comes back on its canvas: the next generation is a new canvas.
  const [generation, setGeneration] = useState(0);
  const [nothing, setNothing] = useState(false);

  const tell = useReadingTexts(health, note);
  const latestTell = useRef(tell);
  latestTell.current = tell;
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words under the picture follow the language
  useEffect(() => screen?.tellAgain(), [screen, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new generation has a new canvas
  useEffect(() => {
    if (canvas.current === null) return;
    const made = new FieldScreen(
      canvas.current,
      (reading) => latestTell.current(reading),
      () => setGeneration((count) => count + 1),
    );
    setScreen(made);
    return () => made.dispose();
  }, [generation]);

  const { low, high } = range[species];
  useEffect(() => screen?.setColours({ map, low, high }), [screen, map, low, high]);
  usePointer(canvas, screen);

  const runId = run?.id;
  const key = frameKey(run, species);
  useEffect(() => {
    if (screen === null || !live) return;
    setNothing(false);
    return startFrameLoop({
      pull: pullFrame,
      view: () => screen.wanted(species),
      nextTick: requestAnimationFrame,
      onFrame: (frame) => {
        if (frame.header.runId !== runId) return;
        keepFrame(key, frame);
        screen.showFrame(frame);
      },
    });
  }, [screen, live, runId, species, key]);

  const grid = run?.request.grid ?? gridOf(draft);
  const rows = grid?.rows;
  const cols = grid?.cols;
  const seed = run?.request.convention.seed ?? draft.seed;
  useEffect(() => {
    if (screen === null || live) return;
    const lastFrame = lastFrames.get(key);
    if (lastFrame !== undefined) {
      screen.showPicture(lastFrame, lastFrame.header);
      setNothing(false);
      return;
    }
    const preview = runId === undefined && rows !== undefined && cols !== undefined ? seedPicture({ rows, cols }, seed, species) : null;
    screen.showPicture(preview);
    setNothing(preview === null);
  }, [screen, live, runId, rows, cols, seed, species, key]);

  const reason = run === undefined || run.status === 'running' ? 'tooLarge' : run.request.display ? 'notKept' : 'displayOff';
  return (
    <section className="gs-field" aria-label={messages.field.label} data-pane="field">
      <div className="gs-canvas-box">
        <canvas key={generation} ref={canvas} tabIndex={0} role="img" aria-label={messages.field.canvas(species)} data-testid="field" />
        {nothing && <div className="gs-canvas-empty">{messages.field[reason]}</div>}
        <div className="gs-canvas-note gs-numbers" ref={note} />
      </div>
      <FieldControls screen={screen} />
      <div className="gs-health gs-numbers" ref={health} data-testid="health" />
      {screen?.kind === 'canvas' && <div className="gs-small gs-dim">{messages.field.software}</div>}
    </section>
  );
}
