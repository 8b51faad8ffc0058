import { t } from '@vscode/l10n';
import type { ActivationFunction, OutputItem as Item } from 'vscode-notebook-renderer';
import { REQUEST_MIME } from '../../src/protocol/notebook';
import { HostLink } from './hostLink';
import { Nearby } from './nearby';
import { OutputItem, type Surroundings } from './outputItem';
import { Pictures } from './pictures';
import { readOutput } from './readOutput';
import { RequestItem } from './requestItem';
import { SharedLook } from './sharedLook';
import { Shell } from './shell';

/** Bytes; what is larger is no output of ours, and reading it would take long. */
const LARGEST = 64 * 2 ** 20;

interface Drawn {
  dispose(): void;
}

/** Called by the editor once per document of outputs. */
export const activate: ActivationFunction<unknown> = (context) => {
  const host = new HostLink(context);
  const around = { host, pictures: new Pictures(), nearby: new Nearby(), look: new SharedLook(context) };
  const drawn = new Map<string, Drawn>();
  const dispose = (id: string) => {
    drawn.get(id)?.dispose();
    drawn.delete(id);
  };
  return {
    renderOutputItem(item, place) {
      dispose(item.id);
      host.greet();
      const shell = new Shell(place);
      try {
        drawn.set(item.id, draw(item, shell, around));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        shell.sentence(t('This output cannot be drawn. {0}', reason), 'alert');
        drawn.set(item.id, { dispose: () => shell.host.remove() });
      }
    },
    disposeOutputItem(id) {
      for (const one of id === undefined ? [...drawn.keys()] : [id]) dispose(one);
    },
  };
};

/** @throws Error with one sentence when the item holds nothing that can be drawn. */
function draw(item: Item, shell: Shell, around: Surroundings): Drawn {
  const content = parsed(item);
  return item.mime === REQUEST_MIME
    ? new RequestItem(shell, item.id, content, around)
    : new OutputItem(shell, readOutput(content, item.id), around);
}

function parsed(item: Item): unknown {
  if (item.data().byteLength > LARGEST) throw new RangeError(t('It is too large.'));
  try {
    return item.json() as unknown;
  } catch {
    throw new SyntaxError(t('It is not valid JSON.'));
  }
}
