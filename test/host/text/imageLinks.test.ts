import assert from 'node:assert/strict';
import { findImageLinks, findImageLinksAt } from '../../../src/host/text/imageLinks';

/** What is found where only these files exist: the part of the text, and the file that it names. */
function found(text: string, files: readonly string[]): [string, string][] {
  let end = 0;
  const links = [];
  for (const link of findImageLinks(text)) {
    if (link.start < end || !(files.includes(link.target) || /^https?:/.test(link.target))) continue;
    links.push(link);
    end = link.end;
  }
  return links.map((link) => [text.slice(link.start, link.end), link.target]);
}

/** Text; the file that it names; what of the text names it, where that is spelled otherwise. */
type Case = readonly [text: string, file: string, written?: string];

const cases: Readonly<Record<string, readonly Case[]>> = {
  'Markdown images and links': [
    ['![two hearts](hearts.png)', 'hearts.png'],
    ['![](<my hearts.png>)', 'my hearts.png'],
    ['![](my%20hearts.png)', 'my hearts.png', 'my%20hearts.png'],
    ['![](my%20hearts.png)', 'my%20hearts.png'],
    ['![](100%.png)', '100%.png'],
    ['![](my hearts.png)', 'my hearts.png'],
    ['![](hearts.png "the title (2)")', 'hearts.png'],
    ["![]( ../img/hearts.JPG 'the title' )", '../img/hearts.JPG'],
    ['![](/img/hearts.png)', '/img/hearts.png'],
    ['![](hearts.png#gh-dark-mode-only)', 'hearts.png', 'hearts.png#gh-dark-mode-only'],
    ['![](hearts.png?raw=true#top)', 'hearts.png', 'hearts.png?raw=true#top'],
    ['![](hearts(1).png)', 'hearts(1).png'],
    ['![](my\\_hearts.png)', 'my_hearts.png', 'my\\_hearts.png'],
    ['![](img\\hearts.png)', 'img/hearts.png', 'img\\hearts.png'],
    ['see [the hearts](img/hearts.webp) here', 'img/hearts.webp'],
    ['[hearts]: img/hearts.gif "title"', 'img/hearts.gif'],
    ['[hearts]: <img/my hearts.gif>', 'img/my hearts.gif'],
    ['[hearts]: my%20hearts.gif', 'my hearts.gif', 'my%20hearts.gif'],
    ['[![hearts](small.png)](https://example.org)', 'small.png'],
    ['| ![](hearts.png) | text |', 'hearts.png'],
  ],
  HTML: [
    ['<img alt="x" src="hearts.png" width="20">', 'hearts.png'],
    ["<IMG SRC='my hearts.png'>", 'my hearts.png'],
    ['<img src = "my%20hearts.png?v=2"/>', 'my hearts.png', 'my%20hearts.png?v=2'],
    ['<img src=img/hearts.svg>', 'img/hearts.svg'],
    ['<img src=my%20hearts.png width=3>', 'my hearts.png', 'my%20hearts.png'],
    ['<a href="hearts.tiff">hearts</a>', 'hearts.tiff'],
  ],
  'strings of programs and of JSON': [
    ['{"image": "img/hearts.png", "label": 1}', 'img/hearts.png'],
    ['{"image": "my img/hearts.png"}', 'my img/hearts.png'],
    ['{"image":"C:\\\\img\\\\hearts.png"}', 'C:/img/hearts.png', 'C:\\\\img\\\\hearts.png'],
    ['"{\\"image\\": \\"my hearts.png\\"}"', 'my hearts.png'],
    ['{"image": "caf\\u00e9.png"}', 'café.png', 'caf\\u00e9.png'],
    ["Image.open(r'img\\hearts.bmp')", 'img/hearts.bmp', 'img\\hearts.bmp'],
    ['f"it\'s my hearts.png"', "it's my hearts.png"],
    ['"see img/hearts.png"', 'img/hearts.png'],
    ['"img/hearts.png is damaged"', 'img/hearts.png'],
    ['const x = `img/hearts.avif`;', 'img/hearts.avif'],
    ['["C#.png"]', 'C#.png'],
  ],
  'tables and YAML': [
    ['img/hearts.png,heart,0.5', 'img/hearts.png'],
    ['0,heart,img/hearts.png', 'img/hearts.png'],
    ['0,my img/hearts.png,heart', 'my img/hearts.png'],
    ['0\tmy hearts.png\theart', 'my hearts.png'],
    ['0;"a, b.png";1', 'a, b.png'],
    ['image: img/hearts.png', 'img/hearts.png'],
    ['image: my hearts.png # the first', 'my hearts.png'],
    ['  - image: my hearts.png', 'my hearts.png'],
    ['- my hearts.png', 'my hearts.png'],
    ['path = my hearts.png', 'my hearts.png'],
  ],
  'bare paths': [
    ['hearts.jpe', 'hearts.jpe'],
    ['saved ./out/hearts.tif in 3 s', './out/hearts.tif'],
    ['saved /data/hearts.png.', '/data/hearts.png'],
    ['saved file:///data/hearts.png, done', 'file:///data/hearts.png'],
    ['12:00 INFO:hearts.png: ok', 'hearts.png'],
    ['--image=out/hearts.png', 'out/hearts.png'],
    ['out/lr=0.1/hearts.png', 'out/lr=0.1/hearts.png'],
    ['D:\\img\\hearts.png (3 kB)', 'D:/img/hearts.png', 'D:\\img\\hearts.png'],
    ['(see hearts[0].png)', 'hearts[0].png'],
    ['“hearts.png”', 'hearts.png'],
    ['hearts.png->maps', 'hearts.png'],
    ['was ist in bilder/Äpfel.png?', 'bilder/Äpfel.png'],
    ['图/心.png', '图/心.png'],
  ],
};

describe('findImageLinks', () => {
  for (const [title, table] of Object.entries(cases)) {
    describe(title, () => {
      for (const [text, file, written = file] of table) {
        it(`${text} is ${file}`, () => assert.deepEqual(found(text, [file]), [[written, file]]));
      }
    });
  }

  it('prefers the longer of two names that both exist', () => {
    assert.deepEqual(found('image: my hearts.png', ['hearts.png', 'my hearts.png']), [
      ['my hearts.png', 'my hearts.png'],
    ]);
  });

  it('finds several in a line', () => {
    const text = '![](a.png), "b c.png", <img src="d.png">, e.png and [f](f.png)';
    const files = ['a.png', 'b c.png', 'd.png', 'e.png', 'f.png'];
    assert.deepEqual(
      found(text, files).map(([, file]) => file),
      files,
    );
  });

  it('takes images on the web for what they are, with and without an extension', () => {
    const only = (text: string) => found(text, []).map(([, target]) => target);
    assert.deepEqual(only('![](https://example.org/a.png)'), ['https://example.org/a.png']);
    assert.deepEqual(only('![](https://example.org/badge/a-b?x=1)'), ['https://example.org/badge/a-b?x=1']);
    assert.deepEqual(only('<img alt="a" src="https://example.org/a">'), ['https://example.org/a']);
    assert.deepEqual(only('url=https://example.org:80/a.png'), ['https://example.org:80/a.png']);
    assert.deepEqual(only('[![](https://example.org/badge)](https://example.org/page)'), ['https://example.org/badge']);
    assert.deepEqual(only('[text](https://example.org/page) <script src="https://example.org/a.js">'), []);
  });

  it('finds nothing in other text', () => {
    for (const text of [
      'a.png.bak',
      'a.pngx',
      'pictures.png/readme',
      '*.png',
      '".png"',
      'see ./.png',
      'png',
      '',
      '![](notes.md)',
      '![](data:image/png;base64,iVBORw0KGgo/a.png)',
      'src="data:image/svg+xml,%3Cimage%20href=a.png"',
    ]) {
      assert.deepEqual(findImageLinks(text), [], text);
    }
  });

  it('stays fast on lines without end', () => {
    const size = 200_000;
    for (const part of [
      'a.png',
      '[',
      '](',
      '"',
      '<',
      '<img ',
      '![',
      'a ',
      'https://',
      'data:a/b;',
      '=',
      '(a.png',
      '.png ',
    ]) {
      const start = performance.now();
      findImageLinks(part.repeat(size / part.length));
      const time = performance.now() - start;
      assert.ok(time < 3000, `${size} characters of ${part} took ${Math.round(time)} ms`);
    }
  });
});

describe('findImageLinksAt', () => {
  const line = `${'x, '.repeat(100_000)}"img/hearts.png", y`;
  const start = line.indexOf('img/');
  const end = start + 'img/hearts.png'.length;

  it('looks around a place only', () => {
    for (const place of [start, start + 5, end]) {
      const [link] = findImageLinksAt(line, { start: place, end: place });
      assert.deepEqual(link, { start, end, target: 'img/hearts.png' });
    }
    assert.deepEqual(findImageLinksAt(line, { start: start - 5, end: start - 5 }), []);
    assert.deepEqual(findImageLinksAt(line, { start: end + 2, end: end + 2 }), []);
  });

  it('finds all that a selection touches', () => {
    const links = findImageLinksAt('a.png b.png c.png', { start: 4, end: 8 });
    assert.deepEqual([...new Set(links.map(({ target }) => target))], ['a.png', 'b.png']);
  });
});
