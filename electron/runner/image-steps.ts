/**
 * Steps with an image of V after every so many of them. A sample is then one image with all that it costs: the steps,
 * reading the state out of the kernel, and writing it, in turn or while the next steps go on.
 */
import type { Field } from '../../kernels/model.ts';
import type { Images, Sample, Span } from '../shared/run.ts';
import type { KernelInstance } from './backend.ts';
import { atLeastResolution } from './batches.ts';
import { openImageFile } from './image-file.ts';
import type { RoundPort } from './measure.ts';
import { nextTurn } from './next-turn.ts';

/** One is being written while the next is being filled. */
const BUFFERS = 2;

interface ImageRound {
  readonly round: number;
  readonly steps: number;
  readonly images: Images;
}

/** Sends a sample for each image, and the spans of the round at its end. */
export async function timeImages(
  instance: KernelInstance,
  { round, steps, images }: ImageRound,
  signal: AbortSignal,
  port: RoundPort,
  onProgress: (step: number, secondsPerStep: number) => void,
): Promise<void> {
  const { every, writing } = images;
  const file = writing === 'none' ? undefined : await openImageFile();
  const buffers: (Field | undefined)[] = Array.from({ length: BUFFERS });
  const writes: (Promise<void> | undefined)[] = Array.from({ length: BUFFERS });
  let lastWrite: Promise<void> = Promise.resolve();
  const spans: Span[] = [];
  port.send({ type: 'timing' });
  const zero = performance.now();
  const seconds = () => (performance.now() - zero) / 1000;
  const spent = async <T>(what: Span['what'], image: number, work: () => Promise<T>): Promise<T> => {
    const begin = seconds();
    const result = await work();
    spans.push({ round, what, image, begin, end: seconds() });
    return result;
  };
  const count = Math.ceil(steps / every);
  try {
    let mark = 0;
    for (let image = 0; image < count; image++) {
      const batch = Math.min(every, steps - image * every);
      await spent('steps', image, () => instance.step(batch));
      if (file !== undefined) {
        const slot = image % BUFFERS;
        await writes[slot];
        const field = await spent('read', image, () => instance.read(buffers[slot]));
        buffers[slot] = field;
        // In the order of the images; what waits for its turn is not being written yet.
        lastWrite = lastWrite.then(() => spent('write', image, () => file.write(field)));
        // Who waits for it is told; until then its failure must not end the process.
        lastWrite.catch(() => {});
        writes[slot] = lastWrite;
        if (writing === 'inline') await lastWrite;
      }
      // The last image is not made before it is written.
      if (image === count - 1) await Promise.all(writes);
      const now = seconds();
      const sample: Sample = { round, index: image, steps: batch, seconds: atLeastResolution(now - mark) };
      port.send({ type: 'samples', samples: [sample] });
      onProgress(image * every + batch, now / (image * every + batch));
      await nextTurn(signal);
      mark = now;
    }
  } finally {
    await lastWrite.catch(() => {});
    await file?.close();
  }
  port.send({ type: 'spans', spans });
}
