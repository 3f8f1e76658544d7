/**
 * The socket to the engine: opened with the one-time token of the page's address, opened again when it is lost,
 * and the only place where the engine's events enter the store. Bursts of samples are gathered for a fifth of a
 * second, so that a fast run renders the charts five times a second and not thousands of times.
 */
import { withAnnotation } from '../electron/shared/annotations.ts';
import { EngineClient } from '../electron/shared/client.ts';
import type { Method, Params, Result } from '../electron/shared/contract.ts';
import type { Frame, FrameView } from '../electron/shared/frame.ts';
import type { RunRecord } from '../electron/shared/run.ts';
import type { Session } from '../electron/shared/session.ts';
import { asTrouble, TroubleError } from '../electron/shared/trouble.ts';
import { report, useLab } from './state/lab-store.ts';
import { applyRunEvents, type RunEvent } from './state/run-events.ts';

const GATHER_MILLISECONDS = 200;
const RETRY_MILLISECONDS = 1500;

let client: EngineClient | null = null;
let gathered: RunEvent[] = [];
let gathering: ReturnType<typeof setTimeout> | undefined;

/** The token of the address, taken out of sight. The page's cookie stands for it after a reload. */
function takeToken(): string | null {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given !== null) {
    address.searchParams.delete('token');
    history.replaceState(history.state, '', address.pathname + address.search + address.hash);
  }
  return given;
}

/** One call to the engine. Throws `TroubleError`, `disconnected` while there is no engine. */
export async function callEngine<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
  if (client === null) throw new TroubleError({ code: 'disconnected' });
  return client.call(method, params);
}

/** A call whose trouble is shown as a banner; undefined then. */
export async function tryEngine<M extends Method>(method: M, params: Params<M>): Promise<Result<M> | undefined> {
  try {
    return await callEngine(method, params);
  } catch (error) {
    report(asTrouble(error));
    return undefined;
  }
}

/** The next frame of the run, or null when it has ended or the engine is gone. */
export async function pullFrame(view: FrameView): Promise<Frame | null> {
  return client === null ? null : client.pullFrame(view);
}

function applyGathered(): void {
  clearTimeout(gathering);
  gathering = undefined;
  const events = gathered;
  gathered = [];
  if (events.length === 0) return;
  useLab.setState(({ session }) => (session === null ? {} : { session: applyRunEvents(session, events) }));
}

function gather(event: RunEvent): void {
  gathered.push(event);
  gathering ??= setTimeout(applyGathered, GATHER_MILLISECONDS);
}

/** Shows the engine's session as it is now. */
export async function loadSession(): Promise<void> {
  const loaded = await tryEngine('getSession', {});
  if (loaded === undefined) return;
  gathered = [];
  useLab.setState({ session: loaded.session, sessionInfo: loaded.info, shownRuns: {}, figureRun: null, lastFinishedRun: null });
}

/** The open session has them too, beside the machine that they were measured on. */
async function loadCeilings(): Promise<void> {
  const loaded = await tryEngine('getSession', {});
  if (loaded === undefined) return;
  const { machines, ceilings } = loaded.session;
  useLab.setState(({ session }) => (session?.id === loaded.session.id ? { session: { ...session, machines, ceilings } } : {}));
}

function listen(engine: EngineClient): void {
  engine.on('tuning', (tuning) => useLab.setState({ tuning }));
  // Until the run that it is for has begun, or another search: in between nothing may be started.
  engine.on('tuned', () => useLab.setState(({ starting }) => (starting ? {} : { tuning: null })));
  engine.on('runStarted', (data) => {
    gather({ name: 'runStarted', data });
    applyGathered();
    useLab.setState({ activeRun: data.run.id, paused: false, progress: null });
  });
  engine.on('runProgress', (progress) => useLab.setState({ progress }));
  engine.on('runPaused', ({ paused }) => useLab.setState({ paused }));
  engine.on('variantVerified', (data) => gather({ name: 'variantVerified', data }));
  engine.on('samples', (data) => gather({ name: 'samples', data }));
  engine.on('roundAdded', (data) => gather({ name: 'roundAdded', data }));
  engine.on('controlSamples', (data) => gather({ name: 'controlSamples', data }));
  engine.on('observation', (data) => gather({ name: 'observation', data }));
  engine.on('roundCondition', (data) => gather({ name: 'roundCondition', data }));
  engine.on('variantUpdated', (data) => gather({ name: 'variantUpdated', data }));
  engine.on('runFinished', (data) => {
    gather({ name: 'runFinished', data });
    applyGathered();
    useLab.setState(({ activeRun, session }) => ({
      activeRun: activeRun === data.run.id ? null : activeRun,
      progress: null,
      lastFinishedRun: data.run.id,
      session: session === null ? null : withExerciseDone(session, data.run),
    }));
  });
  engine.on('sessionChanged', (info) => {
    const before = useLab.getState().sessionInfo?.path;
    useLab.setState({ sessionInfo: info });
    if (info.path !== before) void loadSession();
  });
  engine.on('annotated', ({ at, annotation }) =>
    useLab.setState(({ session }) =>
      session === null ? {} : { session: { ...session, annotations: withAnnotation(session.annotations ?? [], at, annotation) } },
    ),
  );
  engine.on('baselinePinned', ({ baseline }) =>
    useLab.setState(({ session }) => {
      if (session === null) return {};
      const { baseline: _, ...rest } = session;
      return { session: { ...rest, ...(baseline && { baseline }) } };
    }),
  );
  engine.on('ceilingsProgress', (ceilingsProgress) => useLab.setState({ ceilingsProgress }));
  engine.on('ceilingsMeasured', ({ ceilings }) => {
    useLab.setState({ ceilingsProgress: null, ...(ceilings && { ceilings }) });
    if (ceilings !== undefined) void loadCeilings();
  });
  engine.on('kernelsChanged', ({ kernels, adapters }) => useLab.setState({ kernels, adapters }));
}

/** The engine marks an exercise as done when its run ends well; the window does the same to what it shows. */
function withExerciseDone(session: Session, { request: { exercise }, status }: RunRecord): Session {
  if (status !== 'done' || exercise === undefined || session.exercisesDone.includes(exercise)) return session;
  return { ...session, exercisesDone: [...session.exercisesDone, exercise] };
}

function openSocket(token: string | null): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const key = token === null ? '' : `?token=${encodeURIComponent(token)}`;
    const socket = new WebSocket(`${scheme}://${location.host}/socket${key}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => reject(new TroubleError({ code: 'disconnected' })), { once: true });
  });
}

async function connectOnce(token: string | null): Promise<void> {
  const engine = new EngineClient(await openSocket(token));
  listen(engine);
  client = engine;
  const hello = await engine.call('hello', {});
  useLab.setState({
    appVersion: hello.appVersion,
    machine: hello.machine,
    adapters: hello.adapters,
    kernels: hello.kernels,
    preferences: hello.preferences,
    sessionInfo: hello.session,
    activeRun: hello.activeRun ?? null,
    paused: hello.paused ?? false,
    progress: null,
    tuning: null,
    ceilings: hello.ceilings ?? null,
    ceilingsProgress: null,
  });
  await loadSession();
  useLab.setState({ connection: 'open' });
  await engine.closed;
}

/** Connects, and again for as long as the page lives. */
export async function stayConnected(): Promise<never> {
  const token = takeToken();
  for (;;) {
    try {
      await connectOnce(token);
    } catch (error) {
      const trouble = asTrouble(error);
      if (trouble.code !== 'disconnected') report(trouble);
    }
    client = null;
    useLab.setState({ connection: 'lost', activeRun: null, progress: null, tuning: null, ceilingsProgress: null });
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
  }
}
