import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, resourceRoot, runnerEntry } from './resources.ts';

describe('resources', () => {
  it('finds the checkout and the runner from source', () => {
    expect(existsSync(join(resourceRoot(), 'kernels', 'catalog.ts'))).toBe(true);
    expect(runnerEntry()).toBe(join(resourceRoot(), 'electron', 'runner', 'main.ts'));
  });

  it('follows each platform’s own place, and the override', () => {
    expect(dataFolder({ GSLAB_DATA: '/somewhere' }, 'linux')).toBe('/somewhere');
    expect(dataFolder({ XDG_DATA_HOME: '/xdg' }, 'linux')).toBe('/xdg/gray-scott-lab');
    expect(dataFolder({ XDG_DATA_HOME: 'relative' }, 'linux')).toBe(join(homedir(), '.local', 'share', 'gray-scott-lab'));
    expect(dataFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Gray-Scott Lab'));
    expect(dataFolder({ LOCALAPPDATA: 'L' }, 'win32')).toBe(join('L', 'Gray-Scott Lab'));
  });
});
