import assert from 'node:assert/strict';
import { explainPicture } from '../../../src/host/notebook/explainPicture';
import type { ExplainRequest } from '../../../src/protocol/engine';
import { workspaceFile } from '../fixtures';
import { startServices } from '../notebook/notebooks';
import { write } from './setting';

describe('the setting for the attention pool of ResNets', () => {
  const services = startServices();
  const asked: ExplainRequest[] = [];

  before(() => {
    const { client } = services.engine;
    const call = client.call.bind(client);
    client.call = (method, request, options) => {
      if (method === 'explain') asked.push(request as ExplainRequest);
      return call(method, request, options);
    };
  });
  after(async () => {
    await write('resnetKeys', undefined);
    services.dispose();
  });

  it('is what the engine is asked for; anything unknown counts as left out', async () => {
    const uri = workspaceFile('living-room.png');
    const picture = { image: { path: uri.fsPath }, name: 'living-room.png', notebook: uri };
    for (const value of [undefined, 'normalised', 'odd']) {
      await write('resnetKeys', value);
      await explainPicture(services, picture, { prompts: ['teddy bear'] });
    }
    assert.deepEqual(asked.map(({ resnetKeys }) => resnetKeys), ['shipped', 'normalised', 'shipped']); // prettier-ignore
  });
});
