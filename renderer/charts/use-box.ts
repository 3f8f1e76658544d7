/**
 * The size of a chart's place on the page and of its text, both in pixels and both followed: charts lay their text out
 * themselves, and the theme may change the size of the text without changing the window's.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface Box {
  readonly width: number;
  readonly height: number;
  /** Pixels of 1 em. */
  readonly em: number;
}

export interface BoxRefs {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** An invisible element 1 em wide, inside the frame. */
  readonly ruler: RefObject<HTMLSpanElement | null>;
}

/** Null until the first layout, and while the place has no width. */
export function useBox(): readonly [BoxRefs, Box | null] {
  const frame = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const frameElement = frame.current;
    const rulerElement = ruler.current;
    if (frameElement === null || rulerElement === null) return;
    const measure = () => {
      const frameBox = frameElement.getBoundingClientRect();
      const [width, height] = [Math.floor(frameBox.width), Math.floor(frameBox.height)];
      const em = rulerElement.getBoundingClientRect().width;
      setBox((last) =>
        last?.width === width && last.height === height && last.em === em ? last : width > 0 && em > 0 ? { width, height, em } : null,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frameElement);
    observer.observe(rulerElement);
    return () => observer.disconnect();
  }, []);
  return [{ frame, ruler }, box];
}
