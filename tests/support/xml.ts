import { DOMParser } from '@xmldom/xmldom';

/** The document of a well-formed text; throws at the first fault of the XML. */
export function parseXml(text: string) {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  return parser.parseFromString(text, 'image/svg+xml');
}
