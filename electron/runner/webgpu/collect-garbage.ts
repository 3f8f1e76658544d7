/**
 * Collects what Dawn's objects hold. A command buffer is a few bytes to V8 and kilobytes outside, so that V8 by itself
 * lets tens of megabytes of them gather before it collects: between two rounds they go, and none of that is timed.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
