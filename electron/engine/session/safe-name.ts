/** Names of session files that are made of other files' names. */

const EXTENSION = '.gslab';
const LONGEST_NAME = 80;
/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name that every file system takes, from one that anyone chose; never a path. */
export function safeSessionName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.(?:gslab|svg|png|pdf)$/i, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _.()-]+/gu, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, LONGEST_NAME).join('').trimEnd();
  return `${short === '' || RESERVED.test(short) ? 'session' : short}${EXTENSION}`;
}
