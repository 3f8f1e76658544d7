/**
 * Pulls frames while a run goes on, at the display's rate and never faster: one request is on its way while the
 * frame before it waits to be drawn, so at most two are in hand and every frame that is asked for is shown.
 * Nothing here touches React or the store.
 */
import type { Frame, FrameView } from '../../electron/shared/frame.ts';

export interface FrameLoopOptions {
  /** Answers null when there is no frame: the run ends, or has not begun to step. */
  readonly pull: (view: FrameView) => Promise<Frame | null>;
  /** What to ask for now, or null while nothing can be shown (hidden page, canvas without a size). */
  readonly view: () => FrameView | null;
  readonly onFrame: (frame: Frame) => void;
  readonly nextTick: (callback: () => void) => void;
}

const PAUSE_MILLISECONDS = 100;

/** Starts pulling; returns what stops it. Where there is no frame, asks again a little later until it is stopped. */
export function startFrameLoop({ pull, view, onFrame, nextTick }: FrameLoopOptions): () => void {
  let going = true;
  let waiting: Frame | null = null;

  const drawWaiting = () => {
    const frame = waiting;
    waiting = null;
    if (going && frame !== null) onFrame(frame);
  };
  const tick = () => new Promise<void>((resolve) => nextTick(resolve));

  const run = async () => {
    while (going) {
      const wanted = view();
      if (wanted === null) {
        await tick();
        continue;
      }
      const frame = await pull(wanted).catch(() => null);
      if (frame === null) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
        continue;
      }
      // Faster than the display: keep this one until the frame before it is drawn, and ask for no other.
      while (going && waiting !== null) await tick();
      waiting = frame;
      nextTick(drawWaiting);
    }
  };
  void run();
  return () => {
    going = false;
  };
}
