/** Mouse, touch and keys on the canvas: wheel zooms about the pointer, dragging and arrows move, 0 shows the whole. */
import { type RefObject, useEffect } from 'react';
import type { FieldScreen } from './field-screen.ts';

const KEY_PAN_PIXELS = 40;
const KEY_ZOOM = 1.5;

const KEYS = new Map<string, (screen: FieldScreen) => void>([
  ['+', (screen) => screen.zoom(KEY_ZOOM)],
  ['=', (screen) => screen.zoom(KEY_ZOOM)],
  ['-', (screen) => screen.zoom(1 / KEY_ZOOM)],
  ['0', (screen) => screen.showWhole()],
  ['ArrowLeft', (screen) => screen.pan(KEY_PAN_PIXELS, 0)],
  ['ArrowRight', (screen) => screen.pan(-KEY_PAN_PIXELS, 0)],
  ['ArrowUp', (screen) => screen.pan(0, KEY_PAN_PIXELS)],
  ['ArrowDown', (screen) => screen.pan(0, -KEY_PAN_PIXELS)],
]);

export function usePointer(canvas: RefObject<HTMLCanvasElement | null>, screen: FieldScreen | null): void {
  useEffect(() => {
    const element = canvas.current;
    if (element === null || screen === null) return;
    const stop = new AbortController();
    const { signal } = stop;
    const place = (event: MouseEvent) => ({ x: event.offsetX, y: event.offsetY });

    element.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        screen.zoom(1.0015 ** -event.deltaY, place(event));
      },
      { passive: false, signal },
    );
    element.addEventListener('pointerdown', (event) => element.setPointerCapture(event.pointerId), { signal });
    element.addEventListener(
      'pointermove',
      (event) => {
        if (element.hasPointerCapture(event.pointerId)) screen.pan(event.movementX, event.movementY);
        screen.point(place(event));
      },
      { signal },
    );
    element.addEventListener('pointerleave', () => screen.point(null), { signal });
    element.addEventListener(
      'keydown',
      (event) => {
        const action = KEYS.get(event.key);
        if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        action(screen);
      },
      { signal },
    );
    return () => stop.abort();
  }, [canvas, screen]);
}
