import { DOMParser, type Element } from '@xmldom/xmldom';

/** The root of a well-formed document; throws at the first fault of the XML. */
export function parseXml(text: string): Element {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(text, 'image/svg+xml').documentElement;
  if (root === null) throw new Error('a document without a root');
  return root;
}
