import assert from 'node:assert/strict';
import { explanation } from '../../webview/support/explanation';
import { explanationMessage, setupMessage } from '../../../src/host/panel/messages';

const info = {
  id: 'b',
  identity: 'b',
  name: 'B',
  prompts: [],
  patch: 14,
  nativeSize: 224,
  explainSize: 518,
  sizes: [224, 518, 770],
};

describe('what the panel’s page is told to begin with', () => {
  const sent = (side?: number) => {
    const settings = { method: 'raw', aspect: 'squash', side } as const;
    const vocabulary = { name: 'demo', isFollowed: true };
    return setupMessage(info, { prompts: [], looks: {}, vocabulary, settings, isDemo: false });
  };

  it('are the sides of the model, in patches', () => {
    const { sizes, settings } = sent();
    assert.deepEqual(
      sizes.map(({ side, patches }) => [side, patches]),
      [
        [224, 16],
        [518, 37],
        [770, 55],
      ],
    );
    assert.deepEqual([sizes[0]!.isNative, sizes[1]!.isDefault, settings.side], [true, true, undefined]);
  });

  it('is among them a side that was chosen for another model, as whole patches', () => {
    for (const [asked, side, sides] of [
      [192, 196, [196, 224, 518, 770]],
      [512, 518, [224, 518, 770]],
      [1, 14, [14, 224, 518, 770]],
    ] as const) {
      const { sizes, settings } = sent(asked);
      assert.equal(settings.side, side);
      assert.deepEqual(
        sizes.map((size) => size.side),
        sides,
      );
    }
  });
});

describe('what the device line says', () => {
  it('is the device as people call it, the precision and the time', () => {
    const said = (provider: string, precision: 'fp32' | 'fp16' | 'int8') => {
      const message = explanationMessage({ ...explanation({ dot: [0, 1] }, 1, 2), provider, precision });
      return message.type === 'explanation' && message.device;
    };
    assert.equal(said('cpu', 'fp32'), 'CPU fp32 · 48 ms');
    assert.equal(said('cpu', 'int8'), 'CPU int8 · 48 ms');
    assert.equal(said('webgpu', 'fp16'), 'WebGPU fp16 · 48 ms');
    assert.equal(said('dml', 'fp32'), 'DirectML fp32 · 48 ms');
    assert.equal(said('another', 'fp32'), 'another fp32 · 48 ms');
  });
});
