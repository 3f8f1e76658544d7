import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInside, lineBox, overlaps, turned, uprightBox } from './turned-box.ts';

const box = { left: 0, top: 0, right: 10, bottom: 4 };
const size = fc.integer({ min: 1, max: 40 });
const place = fc.integer({ min: -60, max: 60 });
const boxes = fc.record({ left: place, top: place, width: size, height: size, angle: fc.integer({ min: 0, max: 359 }) });

test('upright boxes overlap where both their extents do, and not where they touch', () => {
  expect(overlaps(uprightBox(box), uprightBox({ left: 9, top: 3, right: 20, bottom: 9 }))).toBe(true);
  expect(overlaps(uprightBox(box), uprightBox({ left: 10, top: 0, right: 20, bottom: 4 }))).toBe(false);
});

test('boxes turned alike beside each other do not overlap, though their bounds do', () => {
  const pivot = { x: 0, y: 0 };
  const [a, b] = [turned(box, pivot, -30), turned({ ...box, top: 5, bottom: 9 }, pivot, -30)];
  expect(overlaps(a, b)).toBe(false);
  expect(a.bottom > b.top && a.top < b.bottom && a.right > b.left && a.left < b.right).toBe(true);
});

test('overlapping is the same seen from either, and does not change when both are turned', () => {
  fc.assert(
    fc.property(boxes, boxes, fc.integer({ min: 1, max: 359 }), (a, b, angle) => {
      const make = ({ left, top, width, height, angle: own }: typeof a, more: number) => {
        const middle = turned({ left, top, right: left + width, bottom: top + height }, { x: left, y: top }, own);
        const [{ x, y }] = turned(
          { left: middle.corners[0].x, top: middle.corners[0].y, right: 0, bottom: 0 },
          { x: 0, y: 0 },
          more,
        ).corners;
        return turned({ left: x, top: y, right: x + width, bottom: y + height }, { x, y }, own + more);
      };
      const before = overlaps(make(a, 0), make(b, 0));
      expect(overlaps(make(b, 0), make(a, 0))).toBe(before);
      // Touching corners may go either way when rounded.
      const grown = (of: typeof a, by: number) => ({ ...of, width: of.width + by, height: of.height + by });
      if (before) expect(overlaps(make(grown(a, 1e-6), angle), make(grown(b, 1e-6), angle))).toBe(true);
    }),
  );
});

test('a line overlaps what it crosses', () => {
  expect(overlaps(uprightBox(box), lineBox({ x: -5, y: 2 }, { x: 15, y: 2 }))).toBe(true);
  expect(overlaps(uprightBox(box), lineBox({ x: 5, y: -5 }, { x: 5, y: 15 }))).toBe(true);
  expect(overlaps(uprightBox(box), lineBox({ x: -5, y: 5 }, { x: 15, y: 5 }))).toBe(false);
  expect(overlaps(uprightBox(box), lineBox({ x: -1, y: 2 }, { x: 4, y: 12 }))).toBe(false);
});

test('inside means every corner', () => {
  expect(isInside(turned(box, { x: 5, y: 2 }, 45), { left: 0, top: -3, right: 10, bottom: 8 })).toBe(true);
  expect(isInside(turned(box, { x: 5, y: 2 }, 45), box)).toBe(false);
});
