/**
 * One of our own drawings as a PDF page of its true size: lines stay lines, and text stays text in our faces, embedded as
 * subsets. It knows the few elements that `svg-parts.ts` and the drawings write, and throws at any other, so that none
 * is lost in silence.
 */
import { DOMParser, type Element } from '@xmldom/xmldom';
import PDFDocument from 'pdfkit';
import { fontFile } from './fonts.ts';

export interface PdfInfo {
  readonly title: string;
  readonly subject: string;
  readonly language: string;
  readonly creator: string;
  /** Of what is shown, so that the same figure is the same file. */
  readonly date: Date;
  readonly attachment?: { readonly name: string; readonly mediaType: string; readonly description: string; readonly bytes: Uint8Array };
}

type Document = InstanceType<typeof PDFDocument>;

const POINTS_PER_MM = 72 / 25.4;
/** Paint that an element leaves to the group around it. */
const INHERITED = ['fill', 'fill-opacity', 'stroke', 'stroke-width'] as const;
type Paint = Readonly<Partial<Record<(typeof INHERITED)[number], string>>>;

const number = (element: Element, name: string, absent = 0): number => {
  const text = element.getAttribute(name);
  return text === null || text === '' ? absent : Number.parseFloat(text);
};

const childrenOf = (element: Element): Element[] => Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);

function paintOf(element: Element, around: Paint): Paint {
  const own = INHERITED.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  return { ...around, ...Object.fromEntries(own) };
}

/** The types of the library know lists of one length only. */
const dashed = (document: Document, lengths: readonly number[]): Document => document.dash(lengths as unknown as number, {});

/** Fills and strokes the path that was just made, in SVG's order: fill below, stroke above. */
function paint(document: Document, element: Element, { fill = '#000000', stroke = 'none', ...paint }: Paint): void {
  const filled = fill !== 'none';
  const stroked = stroke !== 'none';
  document.fillOpacity(Number(paint['fill-opacity'] ?? 1)).lineWidth(Number(paint['stroke-width'] ?? 1));
  const dash = element.getAttribute('stroke-dasharray');
  if (dash !== null && dash !== '') dashed(document, dash.split(/[\s,]+/).map(Number));
  if (filled && stroked) document.fillAndStroke(fill, stroke);
  else if (filled) document.fill(fill);
  else if (stroked) document.stroke(stroke);
  if (dash !== null && dash !== '') document.undash();
}

const HATCH_SPACING = 6;

/** Slanted lines, as the pattern of the heat map draws them: 45 degrees, `HATCH_SPACING` apart. */
function hatch(document: Document, x: number, y: number, width: number, height: number): void {
  document.save().rect(x, y, width, height).clip().rect(x, y, width, height).fill('#ffffff');
  document.lineWidth(1.8).strokeColor('#c9ced6');
  const step = HATCH_SPACING * Math.SQRT2;
  const first = Math.ceil((x + y) / step) * step;
  for (let sum = first; sum < x + width + y + height; sum += step) {
    document.moveTo(sum - y, y).lineTo(sum - y - height, y + height);
  }
  document.stroke().restore();
}

function drawRect(document: Document, element: Element, around: Paint): void {
  const box = [number(element, 'x'), number(element, 'y'), number(element, 'width'), number(element, 'height')] as const;
  const painted = paintOf(element, around);
  if (painted.fill?.startsWith('url(')) {
    hatch(document, ...box);
    document.rect(...box);
    paint(document, element, { ...painted, fill: 'none' });
    return;
  }
  document.rect(...box);
  paint(document, element, painted);
}

function drawText(document: Document, element: Element): void {
  const text = element.textContent ?? '';
  const weight = element.getAttribute('font-weight') === '600' ? 600 : 400;
  const size = number(element, 'font-size');
  document.font(fontFile(weight, 'ttf')).fontSize(size);
  const width = document.widthOfString(text);
  const anchor = element.getAttribute('text-anchor');
  const x = number(element, 'x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  document.fillOpacity(1).fillColor(element.getAttribute('fill') ?? '#000000');
  const y = number(element, 'y');
  document.save().rotate(turnOf(element), { origin: [number(element, 'x'), y] });
  document.text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  document.restore();
}

/** Degrees that a text is turned by around its own place. */
function turnOf(element: Element): number {
  const transform = element.getAttribute('transform');
  if (transform === null || transform === '') return 0;
  const degrees = /^rotate\((\S+) \S+ \S+\)$/.exec(transform)?.[1];
  if (degrees === undefined) throw new Error(`a transform that is no turn: ${transform}`);
  return Number(degrees);
}

function translation(element: Element): readonly [number, number] {
  const transform = element.getAttribute('transform');
  if (transform === null || transform === '') return [0, 0];
  const numbers = /^translate\((\S+) (\S+)\)$/.exec(transform);
  if (numbers === null) throw new Error(`a transform that is no translation: ${transform}`);
  return [Number(numbers[1]), Number(numbers[2])];
}

class Drawing {
  readonly #document: Document;
  /** Path data by id. */
  readonly #symbols = new Map<string, string>();

  constructor(document: Document) {
    this.#document = document;
  }

  draw(element: Element, around: Paint): void {
    const document = this.#document;
    switch (element.tagName) {
      case 'title':
      case 'desc':
      case 'style':
      case 'metadata':
        return;
      case 'defs':
        for (const path of childrenOf(element)) {
          if (path.tagName === 'path') this.#symbols.set(`#${path.getAttribute('id')}`, path.getAttribute('d') ?? '');
        }
        return;
      case 'svg':
      case 'g': {
        const inside = paintOf(element, around);
        for (const child of childrenOf(element)) this.draw(child, inside);
        return;
      }
      case 'rect':
        drawRect(document, element, around);
        return;
      case 'line':
        document.moveTo(number(element, 'x1'), number(element, 'y1')).lineTo(number(element, 'x2'), number(element, 'y2'));
        paint(document, element, { ...paintOf(element, around), fill: 'none' });
        return;
      case 'circle':
        document.circle(number(element, 'cx'), number(element, 'cy'), number(element, 'r'));
        paint(document, element, paintOf(element, around));
        return;
      case 'path':
        this.#path(element.getAttribute('d') ?? '', translation(element), element, around);
        return;
      case 'use':
        this.#path(
          this.#symbols.get(element.getAttribute('xlink:href') ?? '') ?? '',
          [number(element, 'x'), number(element, 'y')],
          element,
          around,
        );
        return;
      case 'text':
        drawText(document, element);
        return;
      default:
        throw new Error(`an element that no PDF is made of: ${element.tagName}`);
    }
  }

  #path(data: string, [x, y]: readonly [number, number], element: Element, around: Paint): void {
    this.#document.save().translate(x, y).path(data);
    paint(this.#document, element, paintOf(element, around));
    this.#document.restore();
  }
}

/** The drawing as a page of the size that it says it has. */
export async function pdfOf(svg: string, info: PdfInfo): Promise<Uint8Array> {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (root === null) throw new Error('a drawing without a root');
  const size = ['width', 'height'].map((name) => number(root, name) * POINTS_PER_MM) as [number, number];
  const document = new PDFDocument({
    size,
    margin: 0,
    font: fontFile(400, 'ttf'),
    lang: info.language,
    displayTitle: true,
    info: {
      Title: info.title,
      Subject: info.subject,
      Creator: info.creator,
      Producer: info.creator,
      CreationDate: info.date,
      ModDate: info.date,
    },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const { attachment } = info;
  if (attachment !== undefined) {
    document.file(Buffer.from(attachment.bytes), {
      ...{ name: attachment.name, type: attachment.mediaType, description: attachment.description },
      ...{ creationDate: info.date, modifiedDate: info.date, relationship: 'Source' },
    });
  }
  const [, , unitsAcross = size[0]] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
  document.save().scale(size[0] / unitsAcross);
  new Drawing(document).draw(root, {});
  document.restore().end();
  await ended;
  return Buffer.concat(chunks);
}
