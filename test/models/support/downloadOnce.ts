// A process that downloads the model of a Setting: node --import tsx downloadOnce.ts ENDPOINT ROOT WANTED
import { downloadModel } from '../../../src/models/hub/downloadModel';
import { Hub } from '../../../src/models/hub/hub';
import type { WantedModel } from '../../../src/models/hub/planModel';
import { ModelStore } from '../../../src/models/store';

const [endpoint, root, wanted] = process.argv.slice(2) as [string, string, string];
const store = new ModelStore(root);
const model = JSON.parse(wanted) as WantedModel;
void downloadModel(model, store.folderOf(model.id), {
  hub: new Hub({ endpoint }),
  hashes: store.hashes,
  tokenizer: { repository: 'org/CLIP', path: 'tokenizer.json' },
  retries: { delaysMs: [0], longestMs: 0 },
  lockTimes: { pollMs: 5, beatMs: 50, staleMs: 10_000 },
});
