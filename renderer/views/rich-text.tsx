/** The lessons' small marking: paragraphs, `code` and **strong**. Text only, so nothing in a lesson can be markup. */
import { Fragment, type ReactNode } from 'react';

/** Splits one paragraph into its parts. */
export function richParts(text: string): { readonly kind: 'plain' | 'code' | 'strong'; readonly text: string }[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('`') && part.length > 2) return { kind: 'code', text: part.slice(1, -1) };
      if (part.startsWith('**') && part.length > 4) return { kind: 'strong', text: part.slice(2, -2) };
      return { kind: 'plain', text: part };
    });
}

/** The parts of one paragraph, for a place that is a paragraph itself. */
export function inline(text: string): ReactNode {
  return richParts(text).map((part, index) => {
    const key = `${index}${part.text}`;
    if (part.kind === 'code') return <code key={key}>{part.text}</code>;
    if (part.kind === 'strong') return <strong key={key}>{part.text}</strong>;
    return <Fragment key={key}>{part.text}</Fragment>;
  });
}

export function RichText({ text }: { text: string }) {
  return text.split(/\n\s*\n/).map((paragraph) => <p key={paragraph}>{inline(paragraph)}</p>);
}
