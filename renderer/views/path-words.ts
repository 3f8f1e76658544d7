/** Paths of the engine's machine, which may be Windows' or not, without knowing which. */

/** The folder of a path, without its last separator. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return end < 0 ? '' : path.slice(0, Math.max(1, end));
}

/** What was typed for a session as a whole path: a name alone goes into `folder`, and the extension is added. */
export function sessionPathOf(typed: string, folder: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  const withExtension = /\.gslab$/i.test(text) ? text : `${text}.gslab`;
  if (/[/\\]/.test(text)) return withExtension;
  const separator = folder.includes('\\') ? '\\' : '/';
  return `${folder}${folder.endsWith(separator) ? '' : separator}${withExtension}`;
}
