/**
 * The environment that a runner is started with: the person's own, without what changes how Node itself runs. A plain
 * Node obeys such variables in a packaged app too, where they may come from anywhere.
 */
const REMOVED =
  /^(NODE_OPTIONS|NODE_PATH|NODE_V8_COVERAGE|NODE_INSPECT\w*|NODE_CHANNEL_\w*|NODE_UNIQUE_ID|NODE_DEBUG|ELECTRON_\w*|VITEST\w*)$/i;

export function runnerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !REMOVED.test(name)));
}
