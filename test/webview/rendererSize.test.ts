import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { RENDERER } from './support/rendererPage';

describe('the size of the renderer', () => {
  it('stays below 80 kB: every notebook that has an output of ours loads it', function () {
    if (!existsSync(RENDERER)) this.skip();
    const { size } = statSync(RENDERER);
    assert.ok(size < 80_000, `${size} bytes`);
  });
});
