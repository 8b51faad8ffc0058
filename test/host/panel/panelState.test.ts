import assert from 'node:assert/strict';
import { checkedState, DEFAULT_SETTINGS } from '../../../src/host/panel/panelState';

const good = {
  version: 1,
  images: ['file:///a.png', 'file:///b.png'],
  index: 1,
  prompts: ['star'],
  settings: { method: 'raw', side: 384, aspect: 'keep' },
  isPinned: true,
};

describe('the state of a panel in a reloaded window', () => {
  it('comes back as it was', () => assert.deepEqual(checkedState(good), good));

  it('takes the default for settings that it does not know', () => {
    for (const settings of [undefined, null, 'x', { method: 'magic', side: -1, aspect: 7 }, { side: NaN }]) {
      const { method, aspect, side } = checkedState({ ...good, settings })!.settings;
      assert.deepEqual({ method, aspect, side }, { ...DEFAULT_SETTINGS, side: undefined });
    }
  });

  it('is none where it is odd', () => {
    const odd = [undefined, null, 7, 'x', {}, { ...good, version: 2 }, { ...good, index: 2 }, { ...good, index: -1 }];
    for (const state of [...odd, { ...good, images: [1] }, { ...good, prompts: 'x' }, { ...good, images: [] }]) {
      assert.equal(checkedState(state), undefined, JSON.stringify(state));
    }
  });
});
