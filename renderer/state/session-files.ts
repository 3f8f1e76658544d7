/** Sessions in and out of a browser, which has no file dialog of the desktop: by the engine's two addresses. */
import { sessionInfoSchema } from '../../electron/shared/session.ts';
import { troubleSchema } from '../../electron/shared/trouble.ts';
import { download, openSession } from './actions.ts';
import { report, useLab } from './lab-store.ts';

async function reportRefusal(response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => null);
  const trouble = troubleSchema.safeParse((body as { trouble?: unknown } | null)?.trouble);
  report(trouble.success ? trouble.data : { code: 'internal', detail: `HTTP ${response.status}` });
}

/** Copies a file of this computer into the lab's folder and opens it there. */
export async function uploadAndOpen(file: File): Promise<void> {
  const response = await fetch(`/session/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file }).catch(() => null);
  if (response === null) return report({ code: 'disconnected' });
  if (!response.ok) return reportRefusal(response);
  const info = sessionInfoSchema.safeParse(await response.json());
  if (info.success) await openSession(info.data.path);
}

/** A snapshot of the open session as a download. */
export async function downloadSession(): Promise<void> {
  const response = await fetch('/session/download').catch(() => null);
  if (response === null) return report({ code: 'disconnected' });
  if (!response.ok) return reportRefusal(response);
  download(await response.blob(), `${useLab.getState().sessionInfo?.name ?? 'session'}.gslab`);
}
