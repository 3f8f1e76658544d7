/** The other side of `webgpu-process.ts`: runs the named function of a case module and sends back what it resolves with. */
export {};

interface Request {
  readonly id: number;
  readonly name: string;
  readonly data: readonly unknown[];
}

const cases = (await import(process.argv[2] ?? '')) as Record<string, (...data: readonly unknown[]) => Promise<unknown>>;

process.on('message', async (message) => {
  const { id, name, data } = message as Request;
  try {
    process.send?.({ id, result: await cases[name]?.(...data) });
  } catch (error) {
    process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
