import { describe, expect, it } from 'vitest';
import { atSpeed, runUnder } from './conditions.fixture.ts';
import { FIXTURE_MACHINE } from './figures/figure.fixture.ts';
import { ITEM_GRADES, QUALITY_ITEMS, type QualityItem, qualityBefore, qualityOf } from './quality.ts';
import { itemText, objections, qualityLine } from './quality-words.ts';
import type { RunRecord } from './run.ts';

const machine = { ...FIXTURE_MACHINE, power: 'unknown' as const, coreKinds: [] };
const variants = [
  { kernel: 'autovec', rate: 1e9 },
  { kernel: 'threads_rows', rate: 9e8 },
];
// A batch of 8 steps of the fixture at this rate lasts 25 ms.
const grid = { rows: 1000, cols: 3125 };

const quietRun = (change?: Parameters<typeof runUnder>[1], asked = {}): RunRecord =>
  runUnder({ variants, grid, rounds: 9, ...asked }, change);
const gradeOf = (run: RunRecord, item: QualityItem, on = machine) => qualityOf(run, on).items.find((judged) => judged.item === item)?.grade;

describe('qualityOf', () => {
  it('finds nothing to object to a quiet machine', () => {
    const { grade, items } = qualityOf(quietRun(), machine);
    expect(items.filter((judged) => judged.grade !== 'good')).toEqual([]);
    expect(items.map(({ item }) => item)).toEqual(QUALITY_ITEMS.filter((item) => item !== 'gpu'));
    expect(grade).toBe('A');
    expect(qualityLine({ grade, items }, 'en')).toBe('Quality of the experiment: A, nothing to object.');
    expect(qualityLine({ grade, items }, 'fr')).toBe('Qualité de l’expérience\u00a0: A, rien à redire.');
  });

  it('calls a laptop on battery that saves energy bad', () => {
    const reading = { ...atSpeed(1), power: 'battery' as const, governor: 'powersave', energyPreference: 'power', powerMode: 'low-power' };
    const { grade, items } = qualityOf(
      quietRun(() => ({ before: reading, after: reading })),
      machine,
    );
    expect(grade).toBe('D');
    expect(objections(items, 'en')).toEqual(['Bad: power supply (battery); power mode (low-power, power).']);
    expect(objections(items, 'fr')).toEqual(['Mauvais\u00a0: alimentation (batterie)\u00a0; mode d’énergie (low-power, power).']);
  });

  it('sees a plug that was pulled in mid-run', () => {
    expect(
      gradeOf(
        quietRun((at) => (at > 4 ? { after: { ...atSpeed(1), power: 'battery' } } : {})),
        'power',
      ),
    ).toBe('bad');
  });

  it('takes the governor of an energy preference for what the preference says', () => {
    const mode = (governor: string, energyPreference?: string) => {
      const reading = { governor, ...(energyPreference === undefined ? {} : { energyPreference }) };
      return gradeOf(
        quietRun(() => ({ before: reading, after: reading })),
        'mode',
      );
    };
    expect(mode('powersave', 'performance')).toBe('good');
    expect(mode('powersave', 'balance_power')).toBe('bad');
    expect(mode('powersave')).toBe('doubtful');
    expect(mode('schedutil')).toBe('doubtful');
    expect(mode('a-governor-of-tomorrow')).toBe('unknown');
  });

  it('counts throttled rounds, and a clock that falls over the run', () => {
    const throttled = quietRun((_, round) => (round > 5 ? { after: atSpeed(0.7) } : {}));
    expect(gradeOf(throttled, 'throttling')).toBe('bad');
    const one = quietRun((at) => (at === 5 ? { after: atSpeed(0.7) } : {}));
    expect([gradeOf(one, 'throttling'), gradeOf(one, 'clock')]).toEqual(['doubtful', 'good']);
    const falling = quietRun((at) => ({ after: atSpeed(1 - 0.004 * at) }));
    expect([gradeOf(falling, 'throttling'), gradeOf(falling, 'clock')]).toEqual(['good', 'doubtful']);
  });

  it('says of a clock that nobody could read that it was measured', () => {
    const run = quietRun(() => ({ before: {}, after: { loopHertz: 9e8 } }));
    const clock = qualityOf(run, machine).items.find(({ item }) => item === 'clock')!;
    expect(clock.grade).toBe('good');
    expect(itemText(clock, 'en').value).toMatch(/measured by a loop, not read/);
  });

  it('tells a drift of the times over the rounds from scatter', () => {
    const drifting = quietRun();
    for (const { samples } of drifting.variants) for (const sample of samples) sample.seconds *= 1 + 0.02 * sample.round;
    expect(gradeOf(drifting, 'drift')).toBe('bad');
    expect(gradeOf(quietRun(undefined, { rounds: 3 }), 'drift')).toBe('unknown');
    const wild = quietRun(undefined, { variants: variants.map((variant) => ({ ...variant, spread: 1.5 })), batches: 1 });
    expect(gradeOf(wild, 'drift')).toBe('unknown');
  });

  it('weighs the load of the rounds by their length', () => {
    const busy = quietRun((at) => (at === 0 ? { end: 100, otherLoad: 0.6 } : { begin: 100 + at, end: 100.1 + at, otherLoad: 0 }));
    expect(gradeOf(busy, 'load')).toBe('bad');
    expect(gradeOf(busy, 'pinning')).toBe('doubtful');
    expect(gradeOf({ ...busy, request: { ...busy.request, pin: true } }, 'pinning')).toBe('good');
  });

  it('doubts where threads may run on cores of two kinds', () => {
    const [fast, slow] = [Array(4).fill(0), Array(8).fill(1)];
    const grade = (coreKinds: number[] | undefined, pin: boolean, threads: number) => {
      const run = quietRun(undefined, { request: { pin } });
      const variants = run.variants.map((result) => ({ ...result, variant: { ...result.variant, threads } }));
      const { items } = qualityOf({ ...run, variants }, { ...FIXTURE_MACHINE, ...(coreKinds && { coreKinds }) });
      return items.find(({ item }) => item === 'kinds');
    };
    expect(grade(undefined, true, 1)?.grade).toBe('unknown');
    expect(grade([], false, 4)?.grade).toBe('good');
    const told = { fast: 4, slow: 8, mixed: true };
    expect(grade([...fast, ...slow], false, 1)).toMatchObject({ grade: 'doubtful', facts: told });
    expect(grade([...fast, ...slow], true, 4)).toMatchObject({ grade: 'good', facts: { ...told, mixed: false } });
    expect(grade([...fast, ...slow], true, 5)).toMatchObject({ grade: 'doubtful', facts: told });
    // Where the slow ones come first, pinned threads are all on those.
    expect(grade([...slow, ...fast], true, 8)?.grade).toBe('good');
  });

  it('objects to swapping, short samples, few rounds, software GPUs and virtual machines', () => {
    expect(
      gradeOf(
        quietRun((at) => (at === 3 ? { swapInPages: 5 } : {})),
        'swap',
      ),
    ).toBe('doubtful');
    expect(
      gradeOf(
        quietRun(() => ({ swapOutPages: 100 })),
        'swap',
      ),
    ).toBe('bad');
    expect(gradeOf(quietRun(undefined, { grid: { rows: 100, cols: 100 } }), 'samples')).toBe('bad');
    expect(gradeOf(quietRun(undefined, { rounds: 4 }), 'rounds')).toBe('doubtful');
    // One that goes on has the rounds that it asked for ahead of it.
    const begun = quietRun();
    const variants = begun.variants.map((result) => ({ ...result, samples: result.samples.filter(({ round }) => round === 0) }));
    expect(gradeOf({ ...begun, variants, status: 'running' }, 'rounds')).toBe('good');
    expect(gradeOf({ ...begun, variants, status: 'cancelled' }, 'rounds')).toBe('bad');
    expect(gradeOf(quietRun(undefined, { variants: [{ kernel: 'gpu_naive', rate: 1e9 }] }), 'gpu')).toBe('doubtful');
    const under = (virtualisation: string, steal = 0) =>
      gradeOf(
        quietRun(() => ({ steal })),
        'virtual',
        { ...machine, virtualisation },
      );
    expect([under('QEMU Standard PC, docker container'), under('QEMU', 0.1)]).toEqual(['doubtful', 'bad']);
    expect([under('docker container'), under('none'), under('unknown')]).toEqual(['good', 'good', 'unknown']);
  });

  it('holds what could not be read against nobody, and says how much that is', () => {
    const blind = { ...quietRun(), conditions: undefined };
    const { grade, items } = qualityOf(blind, { ...machine, virtualisation: 'unknown' });
    expect(grade).toBe('A');
    expect(items.filter((judged) => judged.grade === 'unknown').map(({ item }) => item)).toEqual([
      'power',
      'mode',
      'load',
      'clock',
      'throttling',
      'pinning',
      'swap',
      'virtual',
    ]);
    expect(qualityLine({ grade, items }, 'en')).toMatch(/8 items are not known\.$/);
  });

  it('has words for every item in both languages, with a remedy where there is something to mend', () => {
    const { items } = qualityOf(quietRun(undefined, { variants: [...variants, { kernel: 'gpu_naive', rate: 1e9 }] }), machine);
    for (const judged of items) {
      for (const grade of ITEM_GRADES) {
        const [en, fr] = (['en', 'fr'] as const).map((language) => itemText({ ...judged, grade }, language));
        expect(en!.reason).not.toBe(fr!.reason);
        expect(en!.remedy === undefined).toBe(grade === 'good' || grade === 'unknown');
        // A break before these marks would leave them alone on a line.
        for (const text of Object.values(fr!)) expect(text).not.toMatch(/ [:;?!%]/);
      }
    }
  });
});

describe('qualityBefore', () => {
  it('knows the battery, the mode and the load before anything is measured', () => {
    const items = qualityBefore({ reading: { power: 'battery', powerMode: 'balanced' }, otherLoad: 0.3 }, machine);
    expect(items.map(({ item, grade }) => [item, grade])).toEqual([
      ['power', 'bad'],
      ['mode', 'doubtful'],
      ['load', 'bad'],
      ['virtual', 'good'],
    ]);
  });
});
