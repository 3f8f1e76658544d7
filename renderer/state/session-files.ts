/** Sessions in and out of a browser, which has no file dialog of the desktop: by the engine's two addresses. */
import { uploadedSchema } from '../../electron/shared/contract.ts';
import { troubleSchema } from '../../electron/shared/trouble.ts';
import { download, openSession } from './actions.ts';
import { report, useLab } from './lab-store.ts';
import { showView } from './show-view.ts';

async function reportRefusal(response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => null);
  const trouble = troubleSchema.safeParse((body as { trouble?: unknown } | null)?.trouble);
  report(trouble.success ? trouble.data : { code: 'internal', detail: `HTTP ${response.status}` });
}

/** Copies a file of this computer, a session or a figure of one, into the lab's folder and opens it there: a figure at the same view. */
export async function uploadAndOpen(file: File): Promise<void> {
  const response = await fetch(`/session/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file }).catch(() => null);
  if (response === null) return report({ code: 'disconnected' });
  if (!response.ok) return reportRefusal(response);
  const { data } = uploadedSchema.safeParse(await response.json());
  if (data !== undefined && (await openSession(data.path)) && data.view !== undefined) showView(data.view);
}

/** Whatever is dropped on the window is opened, and leads the browser nowhere. */
export function followDrops(): void {
  addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void uploadAndOpen(file);
  });
}

/** A snapshot of the open session as a download. */
export async function downloadSession(): Promise<void> {
  const response = await fetch('/session/download').catch(() => null);
  if (response === null) return report({ code: 'disconnected' });
  if (!response.ok) return reportRefusal(response);
  download(await response.blob(), `${useLab.getState().sessionInfo?.name ?? 'session'}.gslab`);
}
