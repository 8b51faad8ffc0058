import type { CallOptions, EngineClient } from '../../engine/client';
import { providerFailure } from '../../engine/devices/reasons';
import { EngineError } from '../../engine/failure';
import type { ExplainRequest } from '../../protocol/engine';
import { isReference, type Execution } from '../../protocol/execution';
import type { Explanation } from '../../protocol/explanation';
import type { Devices } from './devices';
import { spoiled, type Spoiled } from './spoiled';

/**
 * Explains on the best device. Where that fails, the next best finishes the request, in the end the CPU in fp32; what
 * failed is kept and told once another one has answered, so that a request that fails everywhere accuses no device.
 *
 * @throws EngineError with the failure of the last one
 */
export async function explainAnyway(
  { client, devices }: { readonly client: Pick<EngineClient, 'call' | 'restart'>; readonly devices: Devices },
  request: ExplainRequest,
  options: CallOptions = {},
): Promise<Explanation> {
  const failed: Spoiled[] = [];
  for (;;) {
    const failures = failed.flatMap((one) => one.failures);
    const { execution, known, instead } = await devices.current(request.model, failures, options.signal);
    try {
      const explanation = await client.call('explain', { ...request, ...execution }, options);
      if (known && failures.length > 0) devices.failed(known, failures);
      const [first = instead && { ...instead, worked: false }] = failed;
      if (first) devices.tell(first.of, { ...first, by: execution });
      devices.answered(request.model, execution);
      return explanation;
    } catch (error) {
      if (!known || devices.isDisposed || !isOfExecution(error, execution)) throw error;
      failed.push(spoiled(known, execution, reasonOf(error)));
      // A driver that failed can spoil what its process does next, and may hold its memory.
      if (error.code === 'provider') client.restart();
    }
  }
}

/** Whether another execution may do better. */
function isOfExecution(error: unknown, execution: Execution): error is EngineError {
  if (!(error instanceof EngineError) || isReference(execution)) return false;
  switch (error.code) {
    case 'provider':
      return true;
    case 'crashed':
      return execution.provider !== 'cpu';
    case 'bad-model':
    case 'bad-request':
      return execution.precision === 'int8'; // not every model has such weights
    case 'bad-image':
    case 'bad-prompt':
    case 'cancelled':
    case 'internal':
      return false;
  }
}

function reasonOf({ message }: EngineError): string {
  return providerFailure(message.replace(/^\w+ does not work on this machine: /, ''), '').reason;
}
