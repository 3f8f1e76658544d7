import { expect, test } from 'vitest';
import { DEFAULT_CONVENTION } from '../../kernels/model.ts';
import type { Availability } from '../shared/contract.ts';
import { SOFTWARE_ADAPTER } from '../shared/figures/figure.fixture.ts';
import type { RunRequest } from '../shared/run.ts';
import type { TroubleError } from '../shared/trouble.ts';
import { kernelsOn, onAdapter } from './adapter-option.ts';

const kernels: Availability[] = ['autovec', 'gpu_naive'].map((kernel) => ({ kernel, available: true }));
const adapters = [SOFTWARE_ADAPTER, { ...SOFTWARE_ADAPTER, id: 'vulkan:7', usable: false }];

test('an adapter that is not there, or is of no use, is refused with those that are', () => {
  for (const id of ['vulkan:7', 'nonsense']) {
    try {
      kernelsOn({ kernels, adapters }, id);
      expect.unreachable();
    } catch (error) {
      expect((error as TroubleError).trouble).toMatchObject({ code: 'bad-value', name: '--adapter', received: id });
      expect(JSON.stringify((error as TroubleError).trouble)).toContain(SOFTWARE_ADAPTER.id);
    }
  }
  expect(kernelsOn({ kernels, adapters }, SOFTWARE_ADAPTER.id)).toEqual(kernels);
  expect(kernelsOn({ kernels, adapters }, undefined)).toEqual(kernels);
});

test('an adapter is given to the GPU kernels and to no other', () => {
  const request: RunRequest = {
    ...{ convention: DEFAULT_CONVENTION, grid: { rows: 8, cols: 8 }, steps: 1, rounds: 1, display: false },
    ...{ flushSubnormals: true, pin: false, keepField: false, variants: [{ kernel: 'autovec' }, { kernel: 'gpu_naive' }] },
  };
  expect(onAdapter(request, 'vulkan:1').variants).toEqual([{ kernel: 'autovec' }, { kernel: 'gpu_naive', adapter: 'vulkan:1' }]);
  expect(onAdapter(request, undefined)).toEqual(request);
});
