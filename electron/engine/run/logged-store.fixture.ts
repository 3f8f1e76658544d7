/** A real session, in a folder of the test's, whose writes are logged in order and can be told to fail. */
import { join } from 'node:path';
import { TroubleError } from '../../shared/trouble.ts';
import { MACHINE, testFolder } from '../session/session.fixture.ts';
import { SessionStore } from '../session/store.ts';
import type { RunStore } from './queue.ts';

type Words = { readonly [Name in keyof RunStore]?: (...given: Parameters<RunStore[Name]>) => string };

/** What is logged of each write; reads are not. */
const WORDS: Words = {
  beginRun: () => 'begin',
  addSamples: (_, variant, samples) => `samples ${variant} ${samples.map(({ round, index }) => `${round}.${index}`)}`,
  addControlSamples: (_, samples) => `control ${samples.map(({ round, index }) => `${round}.${index}`)}`,
  addSpans: (_, variant, spans) => `spans ${variant} ${spans.length}`,
  addObservation: (_, variant, { round, step }) => `observation ${variant} ${round}.${step}`,
  updateVariant: (_, variant, change) => `update ${variant} ${Object.keys(change)} ${change.status ?? ''}`,
  finishTurn: (_, { round, entry }, change) => `turn ${round}.${entry} ${change?.status ?? ''}`.trim(),
  addRoundCondition: (_, { variant, round }) => `condition ${variant} ${round}`,
  storeField: (_, variant, step) => `field ${variant} ${step}`,
  reopenRun: () => 'reopen',
  extendRun: (_, { order }) => `extend ${order.length}`,
  finishRun: (_, status) => `finish ${status}`,
};

export interface LoggedStore {
  readonly store: RunStore;
  readonly log: string[];
  /** The first word of the writes that fail. */
  failing: string | undefined;
}

/** Makes stores in one folder of the test file. */
export function loggedStores(): () => LoggedStore {
  const folder = testFolder();
  let count = 0;
  return () => {
    const session = SessionStore.create(join(folder, `${count++}.gslab`), '0.1.0');
    session.addMachine(MACHINE);
    const logged: { store: RunStore; log: string[]; failing: string | undefined } = { store: session, log: [], failing: undefined };
    logged.store = new Proxy(session, {
      get(target, name: keyof SessionStore & keyof RunStore) {
        const method = target[name] as (...given: never[]) => unknown;
        const words = WORDS[name] as ((...given: never[]) => string) | undefined;
        return (...given: never[]) => {
          const line = words?.(...given);
          if (line !== undefined && logged.failing === line.split(' ')[0])
            throw new TroubleError({ code: 'cannot-write', path: 'x', detail: 'the disk is full' });
          const result = method.apply(target, given);
          if (line !== undefined) logged.log.push(line);
          return result;
        };
      },
    });
    return logged;
  };
}
