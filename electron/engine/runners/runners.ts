/** The runners of this machine, one for each backend; none has started yet. */
import type { Backend } from '../../../kernels/kernel.ts';
import { resourceRoot, runnerEntry } from '../resources.ts';
import { softwareVulkanEnvironment } from '../software-vulkan/software-vulkan.ts';
import { RunnerProcess } from './runner-process.ts';

export function createRunners(): Record<Backend, RunnerProcess> {
  const options = { entry: runnerEntry(), resourceRoot: resourceRoot() };
  return {
    native: new RunnerProcess('native', options),
    webgpu: new RunnerProcess('webgpu', { ...options, environment: softwareVulkanEnvironment }),
    javascript: new RunnerProcess('javascript', options),
  };
}
