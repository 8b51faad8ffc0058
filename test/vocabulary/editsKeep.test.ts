import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, type ParseError } from 'jsonc-parser';
import * as edits from '../../src/host/vocabulary/file/edits';
import { fieldsOf, fieldOf, parseJson } from '../../src/host/vocabulary/file/jsonTree';
import { parseVocabularyFile } from '../../src/host/vocabulary/file/parseVocabularyFile';
import type { Prompt } from '../../src/host/vocabulary/file/prompt';
import { fileText, name, prompts, text, texts } from './arbitraryFile';

/** What a file says, and plain operations on it that the edits of its text are compared with. */
interface Model {
  active?: string;
  templates?: string;
  sets: Map<string, readonly string[]>;
  all: Map<string, readonly Prompt[]>;
}

function read(source: string): Model {
  const { file } = parseVocabularyFile(source);
  assert.ok(file, source);
  const { active, templates, templateSets, vocabularies } = file;
  return { active, templates, sets: new Map(templateSets), all: new Map(vocabularies) };
}

interface Case {
  readonly edit: edits.VocabularyEdit;
  readonly expect: (model: Model) => void;
  /** Vocabularies that may change. */
  readonly touched: readonly string[];
  /** Whether every comment of the file stays. */
  readonly keepsComments?: boolean;
  /** The vocabulary that a new file puts to use. */
  readonly active?: string;
}

const base = fc.option(prompts, { nil: undefined });
const has = (list: readonly Prompt[], wanted: string) => list.some((prompt) => prompt.text === wanted);
const without = (list: readonly Prompt[], gone: readonly string[]) =>
  list.filter((prompt) => !gone.includes(prompt.text));
const added = (list: readonly Prompt[], more: readonly Prompt[], at = list.length) =>
  list.toSpliced(at, 0, ...more.filter((prompt) => !has(list, prompt.text)));

const cases: Record<string, fc.Arbitrary<Case>> = {
  addPrompts: fc.tuple(name, prompts, base, fc.option(fc.nat(6), { nil: undefined })).map(([to, more, start, at]) => ({
    edit: edits.addPrompts(to, more, start, at),
    expect: ({ all }) => all.set(to, added(all.get(to) ?? start ?? [], more, at)),
    touched: [to],
    keepsComments: true,
    active: to,
  })),
  removePrompts: fc.tuple(name, texts, base).map(([from, gone, start]) => ({
    edit: edits.removePrompts(from, gone, start),
    expect: ({ all }) => {
      const list = all.get(from) ?? start;
      if (list) all.set(from, without(list, gone));
    },
    touched: [from],
    active: from,
  })),
  renamePrompt: fc.tuple(name, text, text, base).map(([within, old, to, start]) => ({
    edit: edits.renamePrompt(within, old, to, start),
    expect: ({ all }) => {
      const list = all.get(within) ?? start;
      if (!list) return;
      const isMerged = old !== to && has(list, to);
      const renamed = list.map((prompt) => (prompt.text === old ? { ...prompt, text: to } : prompt));
      all.set(within, isMerged ? without(list, [old]) : renamed);
    },
    touched: [within],
    active: within,
  })),
  setPrompts: fc.tuple(name, prompts).map(([to, wanted]) => ({
    edit: edits.setPrompts(to, wanted),
    expect: ({ all }) => {
      const list = all.get(to) ?? [];
      all.set(
        to,
        wanted.map((prompt) => list.find((old) => old.text === prompt.text) ?? prompt),
      );
    },
    touched: [to],
    active: to,
  })),
  movePrompts: fc
    .tuple(name, texts, name, fc.option(text, { nil: undefined }), base)
    .map(([from, moved, to, before, start]) => ({
      edit: edits.movePrompts({ from, texts: moved, to, before }, () => start),
      expect: ({ all }) => {
        const list = all.get(from) ?? start;
        const taken = list?.filter((prompt) => moved.includes(prompt.text)) ?? [];
        if (!list || taken.length === 0) return;
        const stays = list
          .slice(list.findIndex((prompt) => prompt.text === before))
          .find((p) => !moved.includes(p.text));
        const anchor = from === to && before !== undefined && has(list, before) ? stays?.text : before;
        all.set(from, without(list, moved));
        const target = all.get(to) ?? start ?? [];
        const at = target.findIndex((prompt) => prompt.text === anchor);
        all.set(to, added(target, taken, at < 0 ? undefined : at));
      },
      touched: [from, to],
      active: from,
    })),
  setActive: name.map((to) => ({
    edit: edits.setActive(to),
    expect: (model) => (model.active = to),
    touched: [],
    keepsComments: true,
  })),
  putVocabulary: fc.tuple(name, prompts).map(([to, all]) => ({
    edit: edits.putVocabulary(to, all),
    expect: (model) => model.all.set(to, all),
    touched: [to],
    active: to,
  })),
  renameVocabulary: fc.tuple(name, name).map(([old, to]) => ({
    edit: (source) => (old !== to && read(source).all.has(to) ? [] : edits.renameVocabulary(old, to)(source)),
    expect: (model) => {
      if (!model.all.has(old) || model.all.has(to)) return;
      model.all = new Map([...model.all].map(([key, list]) => [key === old ? to : key, list]));
      if (model.active === old) model.active = to;
    },
    touched: [old, to],
    keepsComments: true,
  })),
  deleteVocabulary: name.map((gone) => ({
    edit: edits.deleteVocabulary(gone),
    expect: (model) => {
      if (model.all.delete(gone) && model.active === gone) model.active = [...model.all.keys()][0];
    },
    touched: [gone],
  })),
  setTemplates: fc.constantFrom('photo', 'none', undefined).map((to) => ({
    edit: edits.setTemplates(to),
    expect: (model) => (model.templates = to),
    touched: [],
    keepsComments: to !== undefined,
  })),
  putTemplateSet: fc
    .tuple(fc.constantFrom('__proto__', 'constructor'), fc.constantFrom(['a {}'], ['{}', 'the {}.']))
    .map(([to, templates]): Case => ({
      edit: edits.putTemplateSet(to, templates),
      expect: (model) => model.sets.set(to, templates),
      touched: [],
    })),
};

/** The vocabularies that count, as they are written. */
function written(source: string): ReadonlyMap<string, string> {
  const { root } = parseJson(source);
  const all = root && fieldOf(root, 'vocabularies');
  const fields = all ? fieldsOf(all) : [];
  return new Map(fields.map(({ name, value }) => [name, source.slice(value.offset, value.offset + value.length)]));
}

function commentsOf(source: string): readonly string[] {
  return [...source.matchAll(/\/[/*] #\d+/g)].map(([comment]) => comment).sort();
}

describe('edits of any vocabulary file', () => {
  for (const [title, arbitrary] of Object.entries(cases)) {
    it(`${title}: changes what it is to change, and nothing else`, () => {
      fc.assert(
        fc.property(fileText, arbitrary, (before, { edit, expect, touched, keepsComments, active }) => {
          const after = edits.applyEdits(before, edit(before));
          const model = read(before);
          expect(model);
          if (before.trim() === '' && after !== before && active !== undefined) model.active = active;
          assert.deepEqual(read(after), model, after);
          const mistakes: ParseError[] = [];
          parse(after.replace(/^\ufeff/, ''), mistakes, { allowTrailingComma: true, allowEmptyContent: true });
          assert.deepEqual(mistakes, [], after);
          for (const [name, old] of written(before)) {
            if (!touched.includes(name)) assert.equal(written(after).get(name), old);
          }
          if (keepsComments) assert.deepEqual(commentsOf(after), commentsOf(before), after);
        }),
        { numRuns: 200 },
      );
    });
  }
});
