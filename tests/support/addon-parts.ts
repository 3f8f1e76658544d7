/** The objects and libraries that a build of the addon was linked from, as gyp's Makefile on Linux names them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rulesOf = (build: string) => join(build, 'gray_scott.target.mk');

/** Whether the addon was built in this folder, usually native/build, with make. */
export const hasAddonParts = (build: string): boolean => process.platform === 'linux' && existsSync(rulesOf(build));

export interface AddonParts {
  readonly objects: readonly string[];
  readonly libraries: readonly string[];
}

export function addonParts(build: string): AddonParts {
  const rules = readFileSync(rulesOf(build), 'utf8');
  const sources = rules.match(/^OBJS := \\\n((?:.*\\\n)*.*)/m)?.[1];
  const others = rules.match(/gray_scott\.node: \$\(OBJS\) (.*) FORCE_DO_CMD$/m)?.[1];
  if (sources === undefined || others === undefined) throw new Error(`${rulesOf(build)} does not say what is linked`);
  const parts = `${sources} ${others}`
    .split(/[\s\\]+/)
    .filter((word) => /\.(o|a)$/.test(word))
    .map((word) =>
      word.replace(/^\$\(obj\)\.(target|\$\(TOOLSET\))/, join(build, 'Release', 'obj.target')).replace('$(TARGET)', 'gray_scott'),
    );
  return { objects: parts.filter((path) => path.endsWith('.o')), libraries: parts.filter((path) => path.endsWith('.a')) };
}
