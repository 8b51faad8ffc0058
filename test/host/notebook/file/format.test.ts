import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parseNotebook,
  writeNotebook,
  type ClipCell,
  type ClipItem,
  type ClipNotebook,
  type ClipOutput,
} from '../../../../src/host/notebook/file/format';

/** Fields of a newer version, beside the known ones. */
function unknown(...known: string[]) {
  const name = fc.string({ minLength: 1 }).filter((key) => !known.includes(key));
  // JSON knows no negative zero.
  const value = fc.jsonValue().map((any) => JSON.parse(JSON.stringify(any)) as unknown);
  return fc.dictionary(name, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
}
const optional = { requiredKeys: [] as never[], noNullPrototype: true };

/** The same hash has the same small picture, as it is made of the same file. */
const record = fc
  .record({
    hash: fc.constantFrom('0'.repeat(64), 'a1'.repeat(32)),
    id: fc.uuid(),
    more: unknown('explanations', 'id'),
  })
  .map(({ hash, id, more }) => ({
    ...more,
    id,
    explanations: [{ image: { sha256: hash } }],
    thumbnail: hash.slice(1),
  }));
const item = fc
  .tuple(
    fc.string(),
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '\n', '\r', '"', 'ä', ' ') }).map((text) => ({ text })),
      fc.base64String().map((base64) => ({ base64 })),
    ),
    fc.record({ unknown: unknown('mime', 'text', 'base64') }, optional),
  )
  .map(([mime, data, rest]): ClipItem => ({ mime, data, ...rest }));
const output: fc.Arbitrary<ClipOutput> = fc.oneof(
  fc
    .tuple(record, fc.record({ unknown: unknown('explanation') }, optional))
    .map(([fields, rest]) => ({ kind: 'explanation' as const, record: fields, ...rest })),
  fc
    .tuple(
      fc.array(item, { minLength: 1, maxLength: 3 }),
      fc.record({ unknown: unknown('items', 'explanation') }, optional),
    )
    .map(([items, rest]) => ({ kind: 'items' as const, items, ...rest })),
  unknown('explanation', 'items').map((fields) => ({ kind: 'other' as const, fields })),
);
const cell: fc.Arbitrary<ClipCell> = fc
  .tuple(
    fc.constantFrom('code', 'markdown', 'table'),
    fc.string({ unit: fc.constantFrom('a', '\n', '"', '\u2028', 'é', ' ', ':') }),
    fc.array(output, { maxLength: 3 }),
    fc.record({ language: fc.string(), unknown: unknown('kind', 'language', 'text', 'outputs') }, optional),
  )
  .map(([kind, text, outputs, rest]) => ({ kind, text, outputs, ...rest }));
const notebook: fc.Arbitrary<ClipNotebook> = fc
  .tuple(
    fc.array(cell, { maxLength: 4 }),
    fc.record({ unknown: unknown('format', 'version', 'cells', 'thumbnails') }, optional),
  )
  .map(([cells, rest]) => ({ cells, ...rest }));

function file(fields: object): string {
  return JSON.stringify({ format: 'clip-notebook', version: 1, cells: [], ...fields });
}

describe('the file of a CLIP notebook', () => {
  it('gives back what was written', () => {
    fc.assert(fc.property(notebook, (written) => assert.deepEqual(parseNotebook(writeNotebook(written)), written)));
  });

  it('is written the same when nothing changed', () => {
    fc.assert(
      fc.property(notebook, fc.constantFrom(undefined, 2), (written, version) => {
        const text = writeNotebook({ ...written, version });
        assert.equal(writeNotebook(parseNotebook(text)), text);
      }),
    );
  });

  it('reads for people: one line for each line of a cell, each small picture once', () => {
    const record = { id: 'x', explanations: [{ image: { sha256: 'b'.repeat(64) } }], thumbnail: 'AAAA' };
    const outputs: ClipOutput[] = [
      { kind: 'explanation', record },
      { kind: 'explanation', record },
    ];
    const text = writeNotebook({ cells: [{ kind: 'code', text: 'image: a.png\nprompts: [a]', outputs }] });
    assert.ok(
      text.startsWith(
        [
          '{',
          '  "format": "clip-notebook",',
          '  "version": 1,',
          '  "cells": [',
          '    {',
          '      "kind": "code",',
          '      "text": [',
          '        "image: a.png",',
          '        "prompts: [a]"',
          '      ],',
        ].join('\n'),
      ),
      text,
    );
    assert.equal(text.split('AAAA').length, 2);
    assert.ok(text.endsWith(`  "thumbnails": {\n    "${'b'.repeat(64)}": "AAAA"\n  }\n}\n`), text);
  });

  it('is empty where the file is', () => {
    for (const text of ['', ' \n', '\ufeff']) assert.deepEqual(parseNotebook(text), { cells: [] });
  });

  it('opens in an older version, which keeps what it does not know', () => {
    const newer = {
      version: 7,
      title: 'new',
      cells: [{ kind: 'table', rows: [1], text: ['|a|'], outputs: [{ plot: [1], size: 3 }] }],
      thumbnails: { x: 'AAAA' },
    };
    const { version, cells, ...rest } = JSON.parse(writeNotebook(parseNotebook(file(newer)))) as Record<
      string,
      unknown
    >;
    assert.deepEqual({ version, cells, ...rest }, { format: 'clip-notebook', ...newer });
  });

  for (const [what, text, sentence] of [
    ['a conflict', '{\n  "cells": [\n<<<<<<< HEAD\n', /damaged: at line 3, column 1 the file is not valid JSON\.$/],
    ['a cut file', '{\n  "cells": [{"kind": "co', /at line 2, column 22 /],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', /at line 3, column 3 /],
    ['a bad number', '[01]', /at line 1, column 3 /],
    ['something behind the end', '{} }', /at line 1, column 4 /],
    ['another file', '{"cells": []}', /not a CLIP notebook/],
    ['a list', '[]', /not a CLIP notebook/],
    ['a strange version', file({ version: '1' }), /"version"/],
    ['no cells', file({ cells: {} }), /no list of "cells"/],
    ['a cell that is none', file({ cells: [{ kind: 'code' }, 5] }), /^Error: Cell 2 of /],
    ['a text that is none', file({ cells: [{ kind: 'code', text: 5 }] }), /"text" of cell 1/],
    ['an output that is none', file({ cells: [{ kind: 'code', outputs: [null] }] }), /Output 1 of cell 1 /],
  ] as const) {
    it(`says in one sentence what is wrong: ${what}`, () => assert.throws(() => parseNotebook(text), sentence));
  }
});
