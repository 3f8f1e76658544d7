import { expect, test } from 'vitest';
import { readingSchema } from '../../shared/conditions.ts';
import { ForeignConditions } from './foreign.ts';
import { changeOf, joulesBetween, presentConditions, RoundWatch } from './round-watch.ts';
import { ScriptedSource } from './scripted-source.fixture.ts';

const packages = (...joules: number[]) => ({ joules, wrapsAt: joules.map(() => 1000) });

test('what others had of the processors is what was busy without the lab, over the time of all of them', () => {
  const from = { processor: { busy: 100, total: 1000, steal: 5, own: 40 }, swapInPages: 7, swapOutPages: 0, throttles: 3 };
  const to = { processor: { busy: 180, total: 1200, steal: 25, own: 90 }, swapInPages: 9, swapOutPages: 0, throttles: 4 };
  expect(changeOf(from, to)).toEqual({ otherLoad: 30 / 200, steal: 20 / 200, swapInPages: 2, swapOutPages: 0, throttles: 1 });
});

test('a counter that fell, or a time in which no tick passed, tells nothing', () => {
  const from = { processor: { busy: 100, total: 1000, own: 40 }, throttles: 3 };
  expect(changeOf(from, { processor: { busy: 100, total: 1000, own: 40 }, throttles: 2 })).toEqual({});
  // Ticks are coarse: the lab may seem to have had more than was busy.
  expect(changeOf(from, { processor: { busy: 110, total: 1100, own: 55 } })).toEqual({ otherLoad: 0 });
  expect(changeOf({}, {})).toEqual({});
});

test('energy goes on where its counter starts again from zero', () => {
  expect(joulesBetween(packages(10, 990), packages(15, 20))).toBeCloseTo(5 + 30, 9);
});

test('energy is of the timed steps alone, from the first batch to the last', async () => {
  const source = new ScriptedSource();
  source.spent = packages(100);
  const watch = await RoundWatch.begin(source, 30);
  source.spent = packages(200);
  watch.timing();
  source.spent = packages(203);
  watch.timed(20);
  source.spent = packages(205);
  watch.timed(10);
  source.spent = packages(300);
  const { energy, noEnergy } = await watch.end();
  expect(energy).toMatchObject({ source: 'package', joules: 5, steps: 30 });
  expect(energy!.seconds).toBeGreaterThan(0);
  expect(noEnergy).toBeUndefined();
});

test('a battery that discharges stands in for the counter that nobody may read, as what it is', async () => {
  const source = new ScriptedSource();
  source.spent = 'no-permission';
  source.state = { power: 'battery', batteryWatts: 10 };
  const watch = await RoundWatch.begin(source, 1);
  watch.timing();
  watch.timed(1);
  source.state = { power: 'battery', batteryWatts: 20 };
  const { energy } = await watch.end();
  expect(energy?.source).toBe('battery');
  expect(energy!.joules / energy!.seconds).toBeCloseTo(15, 9);
});

test('without either it says why, and of a round that was not timed to its end nothing', async () => {
  const source = new ScriptedSource();
  source.spent = 'no-permission';
  const whole = await RoundWatch.begin(source, 1);
  whole.timing();
  whole.timed(1);
  expect(await whole.end()).toMatchObject({ noEnergy: 'no-permission' });
  const broken = await RoundWatch.begin(source, 2);
  broken.timing();
  broken.timed(1);
  const condition = await broken.end();
  expect(condition.energy ?? condition.noEnergy).toBeUndefined();
});

test('the speed of a core is measured before and after, and is much the same where nothing happens between', async () => {
  const source = new ScriptedSource();
  source.state = { celsius: 50 };
  const watch = await RoundWatch.begin(source, 1);
  source.state = { celsius: 60 };
  const { before, after } = await watch.end();
  expect([before.celsius, after.celsius]).toEqual([50, 60]);
  for (const reading of [before, after]) {
    expect(readingSchema.parse(reading)).toEqual(reading);
    expect(reading.loopHertz).toBeGreaterThan(1e6);
  }
});

test('what is known before a run has the load of the moment before it', async () => {
  const source = new ScriptedSource();
  source.counted = { processor: { busy: 0, total: 0, own: 0 } };
  const asked = presentConditions(source);
  source.state = { power: 'battery' };
  source.counted = { processor: { busy: 60, total: 100, own: 10 } };
  expect(await asked).toEqual({ reading: { power: 'battery' }, otherLoad: 0.5 });
});

test('the other systems answer or stay silent, without an error', async () => {
  const source = new ForeignConditions();
  const reading = await source.reading();
  expect(readingSchema.parse(reading)).toEqual(reading);
  expect(source.counters().processor?.total).toBeGreaterThan(0);
  expect(source.energy()).toBe('no-counter');
});
