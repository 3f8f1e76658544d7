/**
 * Draws the field with WebGL2: the frame is an R16UI texture sampled without filtering, so a cell stays a square
 * at any zoom, and the colour map is a 256-entry texture. Integer textures cannot be filtered, which is wanted.
 * A lost context (driver reset, laptop asleep) is reported once; the caller makes a new painter on a new canvas.
 */
import { LUT_ENTRIES, lookUpTable } from './colour-map.ts';
import { type Look, type Painter, type Picture, rangeScale } from './painter.ts';
import { pictureSize } from './view-transform.ts';

const VERTEX = `#version 300 es
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp usampler2D;
uniform usampler2D field;
uniform sampler2D colours;
uniform vec2 canvasSize;
uniform vec2 pictureSize;
uniform vec2 centre;
uniform vec2 range;
out vec4 colour;
void main() {
  vec2 pixel = vec2(gl_FragCoord.x, canvasSize.y - gl_FragCoord.y);
  vec2 at = centre + (pixel - 0.5 * canvasSize) / pictureSize;
  if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, vec2(1.0)))) { colour = vec4(0.0); return; }
  ivec2 size = textureSize(field, 0);
  ivec2 texel = min(ivec2(at * vec2(size)), size - 1);
  float value = float(texelFetch(field, texel, 0).r) / 65535.0;
  float shown = clamp(value * range.x + range.y, 0.0, 1.0);
  colour = texelFetch(colours, ivec2(int(shown * ${LUT_ENTRIES - 1}.0 + 0.5), 0), 0);
}`;

function compile(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

function unfilteredTexture(gl: WebGL2RenderingContext, unit: number): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
  return texture;
}

/** Null when this browser has no WebGL2. */
export function webglPainter(canvas: HTMLCanvasElement, onLost: () => void): Painter | null {
  // The drawing buffer is kept so that the picture can be saved at any time, not only within a frame.
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false, preserveDrawingBuffer: true });
  if (gl === null) return null;
  const program = compile(gl);
  if (program === null) return null;
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const places = {
    canvasSize: uniform('canvasSize'),
    pictureSize: uniform('pictureSize'),
    centre: uniform('centre'),
    range: uniform('range'),
  };
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's function, no hook of React
  gl.useProgram(program);
  gl.bindVertexArray(gl.createVertexArray());
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
  gl.uniform1i(uniform('field'), 0);
  gl.uniform1i(uniform('colours'), 1);
  const textures = [unfilteredTexture(gl, 0), unfilteredTexture(gl, 1)];
  const largestSide = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;

  let header: Picture['header'] | null = null;
  let allocated = '';
  let shownMap = '';
  const lost = (event: Event) => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);

  return {
    kind: 'webgl2',
    setPicture(picture) {
      const { rows, cols } = picture.header;
      if (rows > largestSide || cols > largestSide) return;
      gl.activeTexture(gl.TEXTURE0);
      const size = `${rows}×${cols}`;
      if (size === allocated) {
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, cols, rows, gl.RED_INTEGER, gl.UNSIGNED_SHORT, picture.pixels);
      } else {
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, cols, rows, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, picture.pixels);
        allocated = size;
      }
      header = picture.header;
    },
    draw(look: Look) {
      const canvasSize = { width: canvas.width, height: canvas.height };
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (header === null) return;
      if (shownMap !== look.map) {
        gl.activeTexture(gl.TEXTURE1);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, LUT_ENTRIES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, lookUpTable(look.map));
        shownMap = look.map;
      }
      const picture = pictureSize(canvasSize, { width: header.gridCols, height: header.gridRows }, look.view);
      const { scale, offset } = rangeScale(header, look);
      gl.uniform2f(places.canvasSize, canvas.width, canvas.height);
      gl.uniform2f(places.pictureSize, picture.width, picture.height);
      gl.uniform2f(places.centre, look.view.centreX, look.view.centreY);
      gl.uniform2f(places.range, scale, offset);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', lost);
      for (const texture of textures) gl.deleteTexture(texture);
      gl.deleteProgram(program);
    },
  };
}
