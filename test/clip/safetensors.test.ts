import { strict as assert } from 'node:assert';
import { headerLength, parseHeader } from '../../src/clip/checkpoint/safetensors';
import { withHeader, writeSafetensors } from '../fixtures/safetensors';

function parse(file: Uint8Array) {
  const length = headerLength(file.subarray(0, 8), file.length);
  return parseHeader(file.subarray(8, 8 + length), file.length);
}

const tensor = (data_offsets: unknown, shape: unknown = [2], dtype: unknown = 'F32') =>
  JSON.stringify({ w: { dtype, shape, data_offsets } });

describe('safetensors header', () => {
  it('gives places in the file, not in the data', () => {
    const bytes = new Uint8Array(8).fill(7);
    const file = writeSafetensors(new Map([['w', { dtype: 'F32', shape: [2], bytes }]]));
    const { offset, length, shape } = parse(file).get('w')!;
    assert.deepEqual(shape, [2]);
    assert.deepEqual([...file.subarray(offset, offset + length)], [...bytes]);
    assert.equal(offset + length, file.length);
  });

  const data = new Uint8Array(16);
  const hostile: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(), /too short/],
    ['a header longer than the file', Buffer.from([255, 255, 0, 0, 0, 0, 0, 0, 123]), /not a whole safetensors/],
    ['a header of 2^60 bytes', Buffer.from([0, 0, 0, 0, 0, 0, 0, 16, 123]), /not a whole safetensors/],
    ['a text file', Buffer.from('this is only a text file, not weights'), /not a whole safetensors/],
    ['a header that is not JSON', withHeader('{"w":', data), /not JSON/],
    ['a header that is a list', withHeader('[]', data), /not a JSON object/],
    ['a tensor beyond the end', withHeader(tensor([0, 400], [100]), data), /cut off: tensor "w" ends at byte/],
    ['offsets that run backwards', withHeader(tensor([8, 0]), data), /cut off|cannot be read/],
    ['negative offsets', withHeader(tensor([-8, 0]), data), /cannot be read/],
    [
      'a shape that does not fit its bytes',
      withHeader(tensor([0, 8], [3]), data),
      /shape \[3\] but 8 bytes instead of 12/,
    ],
    ['a shape with a fraction', withHeader(tensor([0, 8], [1.5]), data), /cannot be read/],
    ['an unknown format', withHeader(tensor([0, 8], [2], 'F7'), data), /unknown number format F7/],
    ['a tensor that is null', withHeader('{"w":null}', data), /cannot be read/],
  ];
  for (const [what, file, message] of hostile) {
    it(`rejects ${what}`, () => assert.throws(() => parse(file), { message }));
  }

  it('rejects tensors that overlap', () => {
    const entry = (from: number) => ({ dtype: 'F32', shape: [2], data_offsets: [from, from + 8] });
    const file = withHeader(JSON.stringify({ a: entry(0), b: entry(4) }), data);
    assert.throws(() => parse(file), { message: /"a" and "b" overlap/ });
  });
});
