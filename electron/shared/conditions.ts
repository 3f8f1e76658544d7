/**
 * What the machine was like around a round. Everything is optional: what could not be read is absent, never guessed.
 * Read by the engine before the round begins and after it has ended, so that nothing of it is inside a timed region.
 */
import { z } from 'zod';

const finite = z.number().refine(Number.isFinite);
const share = z.number().min(0).max(1);
const mode = z.string().min(1).max(100);

/** At most so many cores are read, evenly spread where there are more. */
export const MAX_CORES_READ = 64;

/** At one moment. */
export const readingSchema = z.object({
  /** What the system says of each core. */
  clockHertz: z.array(z.number().positive()).min(1).max(MAX_CORES_READ).optional(),
  /**
   * Measured, not read: dependent additions and multiplications per second in a short loop of the engine's own. In
   * proportion to the clock of the core that it ran on; its absolute value says nothing.
   */
  loopHertz: z.number().positive().optional(),
  /** Of the processor's package, else of its hottest core. */
  celsius: finite.optional(),
  power: z.enum(['mains', 'battery']).optional(),
  /** The firmware's platform profile, such as `low-power` or `performance`. */
  powerMode: mode.optional(),
  governor: mode.optional(),
  energyPreference: mode.optional(),
  /** What the battery gives, for the whole computer, while it discharges. */
  batteryWatts: z.number().nonnegative().optional(),
});
export type Reading = z.infer<typeof readingSchema>;

export const ENERGY_SOURCES = ['package', 'battery'] as const;

/** Of the round's timed batches and of what lies between them; nothing of verification and warm-up. */
export const energySchema = z.object({
  /** The processor packages' own counters; or the battery's discharge, which is the whole computer's. */
  source: z.enum(ENERGY_SOURCES),
  joules: z.number().nonnegative(),
  seconds: z.number().positive(),
  steps: z.number().int().min(1),
});
export type Energy = z.infer<typeof energySchema>;

/** Why there is no energy: nobody may read the counter, or there is none. */
export const NO_ENERGY_REASONS = ['no-permission', 'no-counter'] as const;
export type NoEnergyReason = (typeof NO_ENERGY_REASONS)[number];

export const roundConditionSchema = z.object({
  round: z.number().int().min(0),
  /** As the order names it: the variant's index, or the number of variants for the control. */
  variant: z.number().int().min(0),
  /** Seconds since the run began. */
  begin: z.number().nonnegative(),
  end: z.number().nonnegative(),
  before: readingSchema,
  after: readingSchema,
  /** Of all processors' time over the round: what programs other than the lab had. */
  otherLoad: share.optional(),
  /** Of all processors' time: what the hypervisor gave to others while this machine wanted it. */
  steal: share.optional(),
  /** Pages of memory that the system fetched from its swap space, and put there. */
  swapInPages: z.number().int().nonnegative().optional(),
  swapOutPages: z.number().int().nonnegative().optional(),
  /** How often the processor throttled itself for its temperature. */
  throttles: z.number().int().nonnegative().optional(),
  energy: energySchema.optional(),
  noEnergy: z.enum(NO_ENERGY_REASONS).optional(),
});
export type RoundCondition = z.infer<typeof roundConditionSchema>;

/** What is known before a run: one reading, and the load of everything but the lab over the moment before. */
export const presentConditionsSchema = z.object({ reading: readingSchema, otherLoad: share.optional() });
export type PresentConditions = z.infer<typeof presentConditionsSchema>;
