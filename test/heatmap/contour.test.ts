import assert from 'node:assert/strict';
import { contour, type Line } from '../../src/heatmap/contour';

const heat = (...rows: readonly string[]) =>
  Float32Array.from([...rows.join('')].map((character) => Number(character) / 10));
const points = (line: Line) => Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!]);
const isClosed = (line: Line) => line[0] === line.at(-2) && line[1] === line.at(-1);

describe('contour', () => {
  it('rings a single pixel half way to its neighbours', () => {
    const [ring, ...others] = contour(heat('000', '080', '000'), 3, 3, 0.4);
    assert.equal(others.length, 0);
    assert.ok(isClosed(ring!));
    const sides = points(ring!).map((point) => point.map((value) => value.toFixed(3)).join(' '));
    assert.deepEqual(sides.slice(1).sort(), ['1.000 1.500', '1.500 1.000', '1.500 2.000', '2.000 1.500']);
  });

  it('lies where the height is the threshold', () => {
    const slope = Float32Array.from({ length: 40 }, (_, i) => (i % 10) / 10);
    const [line, ...others] = contour(slope, 10, 4, 0.425);
    assert.equal(others.length, 0);
    for (const [x] of points(line!)) assert.ok(Math.abs(x! - 4.75) < 1e-5, String(x));
  });

  it('is open at the edge of what is shown, which it reaches', () => {
    const [line, ...others] = contour(heat('0099', '0099'), 4, 2, 0.5);
    assert.equal(others.length, 0);
    assert.ok(!isClosed(line!));
    const ys = points(line!).map(([, y]) => y!);
    assert.ok(Math.min(...ys) <= 0 && Math.max(...ys) >= 2);
  });

  it('counts a height that is the threshold as inside', () => {
    assert.equal(contour(heat('000', '050', '000'), 3, 3, Math.fround(0.5)).length, 1);
  });

  it('has no line where all is above or all is below', () => {
    assert.deepEqual(contour(heat('99', '99'), 2, 2, 0.5), []);
    assert.deepEqual(contour(heat('11', '11'), 2, 2, 0.5), []);
  });

  it('keeps regions apart that touch at a corner, and rings a hole', () => {
    const diagonal = contour(heat('0000', '0900', '0090', '0000'), 4, 4, 0.5);
    assert.equal(diagonal.length, 2);
    assert.ok(diagonal.every(isClosed));
    const hole = contour(heat('00000', '09990', '09090', '09990', '00000'), 5, 5, 0.5);
    assert.equal(hole.length, 2);
    assert.ok(hole.every(isClosed));
  });

  it('crosses every side once: no line is lost on a rough map', () => {
    const size = 40;
    const rough = Float32Array.from({ length: size * size }, (_, i) => ((i * 7919) % 101) / 101);
    const lines = contour(rough, size, size, 0.5);
    let crossings = 0;
    const isIn = (x: number, y: number) => rough[y * size + x]! >= 0.5;
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        if (x > 0 && isIn(x, y) !== isIn(x - 1, y)) crossings++;
        if (y > 0 && isIn(x, y) !== isIn(x, y - 1)) crossings++;
      }
    // The edge is repeated outside, so that a crossing there counts twice.
    const border = [...Array(size - 1).keys()].flatMap((i) => [
      isIn(i, 0) !== isIn(i + 1, 0),
      isIn(i, size - 1) !== isIn(i + 1, size - 1),
      isIn(0, i) !== isIn(0, i + 1),
      isIn(size - 1, i) !== isIn(size - 1, i + 1),
    ]);
    const found = lines.reduce((sum, line) => sum + points(line).length - (isClosed(line) ? 1 : 0), 0);
    assert.equal(found, crossings + border.filter(Boolean).length);
    for (const [x, y] of lines.flatMap(points)) {
      assert.ok(x! >= -0.5 && x! <= size + 0.5 && y! >= -0.5 && y! <= size + 0.5);
    }
  });
});
