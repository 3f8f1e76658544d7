import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNELS } from '../../../kernels/catalog.ts';
import { hostParameters } from '../../../kernels/entries/gpu-parameters.ts';
import { defaultParameters } from '../../../kernels/kernel.ts';
import { BOUNDARY_IDS, DEFAULT_CONVENTION } from '../../../kernels/model.ts';
import {
  BINDINGS,
  BOUNDARY_CODES,
  bindingsOf,
  dispatchFor,
  MODEL_FIELDS,
  modelValues,
  overridesFor,
  packUniform,
  passesOf,
  TEXEL_FORMAT,
  takesUniform,
  tuningOf,
} from './interface.ts';

const BANNER = /^\/\/ === Interface: must match (\S+) ===$([\s\S]*?)^\/\/ === End of interface ===$/m;
const kernels = KERNELS.filter((kernel) => kernel.backend === 'webgpu');
const GRID = { rows: 47, cols: 61 };

describe.each(kernels)('WGSL interface of $id', (kernel) => {
  const source = readFileSync(new URL(`../../../${kernel.source}`, import.meta.url), 'utf8');
  const [, file, text = ''] = BANNER.exec(source) ?? [];

  it('opens by saying what it teaches, and names the file of the other half', () => {
    expect(source.startsWith('// ')).toBe(true);
    expect(file).toBe('electron/runner/webgpu/interface.ts');
    for (const entryPoint of passesOf(kernel.gpu ?? {})) expect(source).toContain(`fn ${entryPoint}(`);
  });

  it('has the bindings that the host makes', () => {
    const bindings = [...text.matchAll(/@group\((\d+)\) @binding\((\d+)\) var(?:<([^>]*)>)? (\w+): (.*);/g)];
    const expected = bindingsOf(kernel.gpu ?? {}, takesUniform(source));
    expect(bindings.map(([, group, binding, , name]) => [name, group, Number(binding)])).toEqual(
      expected.map(([name]) => [name, '0', BINDINGS[name]]),
    );
    const value = kernel.gpu?.state === 'f16-buffers' ? 'f16' : 'f32';
    for (const [index, [, , , space, name, type]] of bindings.entries()) {
      const access = expected[index]![1];
      if (access === 'uniform') expect([space, type]).toEqual(['uniform', 'Model']);
      else if (kernel.gpu?.state === 'texture' && !name!.startsWith('scratch'))
        expect(type).toBe(access === 'read' ? 'texture_2d<f32>' : `texture_storage_2d<${TEXEL_FORMAT}, write>`);
      else {
        expect(space).toBe(access === 'read' ? 'storage, read' : 'storage, read_write');
        const element = name!.startsWith('scratch') ? 'f32' : value;
        expect([`array<${element}>`, `array<vec4<${element}>>`]).toContain(type);
      }
    }
  });

  it('declares the model as the host packs it, as a uniform or as constants', () => {
    const struct = /struct Model \{([\s\S]*?)\n\}/.exec(text)?.[1];
    const fields = struct === undefined ? text.matchAll(/^override (\w+): (\w+);/gm) : struct.matchAll(/^\s*(\w+): (\w+),/gm);
    expect([...fields].map((match) => [match[1], match[2]])).toEqual(MODEL_FIELDS);
  });

  it('has an override for each of its parameters, with the catalogue’s default', () => {
    const defaults = Object.fromEntries(
      [...text.matchAll(/^override (\w+): u32 = (\d+);/gm)].map((match) => [match[1]!, Number(match[2])]),
    );
    const ofHost = new Set(hostParameters.map(({ name }) => name));
    const ofShader = Object.entries(defaultParameters(kernel)).filter(([name]) => !ofHost.has(name));
    expect(defaults).toEqual(Object.fromEntries(ofShader));
    expect(kernel.parameters).toEqual(expect.arrayContaining([...hostParameters]));
  });

  it('numbers the boundaries as the host does', () => {
    const listed = /boundary: u32[,;]\s*\/\/ (.*)$/m.exec(text)?.[1] ?? '';
    const codes = Object.fromEntries(listed.split(', ').map((entry) => entry.split(' ').reverse() as [string, string]));
    expect(codes).toEqual(Object.fromEntries(kernel.boundaries.map((boundary) => [boundary, String(BOUNDARY_CODES[boundary])])));
    for (const [, name, code] of source.matchAll(/^const (\w+) = (\d+)u;$/gm)) {
      const boundary = BOUNDARY_IDS.find((id) => id.toUpperCase() === name);
      expect(Number(code)).toBe(BOUNDARY_CODES[boundary!]);
    }
  });
});

describe('dispatchFor', () => {
  it('covers every cell once, with no more workgroups in a dimension than allowed', () => {
    const side = fc.integer({ min: 1, max: 100_000 });
    const workgroup = fc.integer({ min: 1, max: 64 });
    fc.assert(
      fc.property(side, side, workgroup, workgroup, fc.integer({ min: 100, max: 65_535 }), (rows, cols, workgroupX, workgroupY, most) => {
        fc.pre(Math.ceil(cols / workgroupX) <= most);
        const { x, y, z, rowsPerLayer } = dispatchFor({ rows, cols }, { rows: workgroupY, cols: workgroupX }, most);
        expect(Math.max(x, y)).toBeLessThanOrEqual(most);
        expect(x * workgroupX).toBeGreaterThanOrEqual(cols);
        expect((x - 1) * workgroupX).toBeLessThan(cols);
        expect(rowsPerLayer).toBe(y * workgroupY);
        expect(z * rowsPerLayer).toBeGreaterThanOrEqual(rows);
        expect((z - 1) * rowsPerLayer).toBeLessThan(rows);
      }),
    );
  });
});

describe('values for a kernel', () => {
  const values = modelValues({ ...DEFAULT_CONVENTION, stencil: 'patra-karttunen', boundary: 'periodic' }, GRID, {
    x: 4,
    y: 6,
    z: 1,
    rowsPerLayer: 48,
  });

  it('packs whole numbers and floats where WGSL lays them out', () => {
    const view = new DataView(packUniform(values));
    expect(view.byteLength).toBe(4 * MODEL_FIELDS.length);
    expect([0, 4, 8, 12].map((offset) => view.getUint32(offset, true))).toEqual([47, 61, 3, 48]);
    const weights = [16, 20].map((offset) => view.getFloat32(offset, true));
    expect(weights).toEqual([Math.fround(2 / 3), Math.fround(1 / 6)]);
  });

  it('gives an override only where the text declares one', () => {
    const source = 'override rows: u32;\noverride workgroupX: u32 = 16;\noverride derived = rows * 2;';
    expect(overridesFor(source, values, { workgroupX: 8, workgroupY: 4, mode: 'fast' })).toEqual({ rows: 47, workgroupX: 8 });
  });

  it('reads the knobs of the host', () => {
    expect(tuningOf({}, { workgroupX: 8, workgroupY: 4, stepsPerSubmit: 2 })).toEqual({
      ...{ tile: { rows: 4, cols: 8 }, workgroup: { x: 8, y: 4 }, workgroupBytes: 0, stepsPerSubmit: 2, depth: 1 },
      ...{ transfer: 'once', stepsPerTransfer: 1 },
    });
    const gpu = { tile: () => ({ rows: 5, cols: 6 }), workgroup: () => ({ x: 3, y: 2 }), workgroupBytes: () => 100 };
    expect(tuningOf({ gpu }, { depth: 4, transfer: 'async', stepsPerImage: 6 })).toEqual({
      ...{ tile: { rows: 5, cols: 6 }, workgroup: { x: 3, y: 2 }, workgroupBytes: 100, stepsPerSubmit: 1, depth: 4 },
      ...{ transfer: 'async', stepsPerTransfer: 6 },
    });
  });
});
