/**
 * Pulls frames while a run goes on, at the display's rate and never faster: one request is on its way while the
 * frame before it waits to be drawn, so at most two are in flight and an old frame is dropped rather than queued.
 * Nothing here touches React or the store.
 */
import type { Frame, FrameView } from '../../electron/shared/frame.ts';

export interface FrameLoopOptions {
  /** Answers null when the run has ended. */
  readonly pull: (view: FrameView) => Promise<Frame | null>;
  /** What to ask for now, or null while nothing can be shown (hidden page, canvas without a size). */
  readonly view: () => FrameView | null;
  readonly onFrame: (frame: Frame) => void;
  readonly nextTick: (callback: () => void) => void;
}

/** Starts pulling; returns what stops it. A pull that is refused ends the loop: the run is over or the engine gone. */
export function startFrameLoop({ pull, view, onFrame, nextTick }: FrameLoopOptions): () => void {
  let going = true;
  let newest: Frame | null = null;
  let drawing = false;

  const drawNewest = () => {
    drawing = false;
    const frame = newest;
    newest = null;
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
        going = false;
        return;
      }
      newest = frame;
      if (!drawing) {
        drawing = true;
        nextTick(drawNewest);
      } else {
        // Faster than the display: wait for it instead of asking for frames that nobody would see.
        await tick();
      }
    }
  };
  void run();
  return () => {
    going = false;
  };
}
