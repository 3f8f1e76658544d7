import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumForTests } from './support/chromium.ts';

const reason =
  process.platform === 'linux' && process.arch === 'x64' ? '' : ` (skipped: no browser for ${process.platform}-${process.arch})`;

describe.skipIf(reason !== '')(`the browser of the tests${reason}`, () => {
  it('starts without anything installed and draws with WebGL2 into float textures', async () => {
    const { executablePath, env, args } = await chromiumForTests();
    const browser = await chromium.launch({ executablePath, env, args });
    try {
      const page = await browser.newPage();
      const drawn = await page.evaluate(() => {
        const gl = document.createElement('canvas').getContext('webgl2');
        if (gl === null) return null;
        gl.clearColor(0, 1, 0, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        const pixel = new Uint8Array(4);
        gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
        return { pixel: [...pixel], floatTextures: gl.getExtension('OES_texture_float_linear') !== null };
      });
      expect(drawn).toEqual({ pixel: [0, 255, 0, 255], floatTextures: true });
    } finally {
      await browser.close();
    }
  });
});
