import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { decodeMap, type Explanation } from '../protocol/explanation';
import type { Command } from './command';
import { devices } from './devices';
import { decodeNpy, encodeNpy } from './npy';
import {
  readAspect,
  readBlocks,
  readExecution,
  readMethod,
  readOptions,
  readResNetKeys,
  readSize,
  readTemplates,
  readWords,
  required,
} from './options';
import { write } from './write';

export const USAGE = `clip-surgery: see which pixels of an image CLIP ties to which words

  clip-surgery explain IMAGE... [--prompts "a red circle,a blue square"]
      [--distractors "grass,sky"] [--model DIR]
      [--method clip-surgery|architecture-surgery|feature-surgery|raw]
      [--size N|HxW] [--aspect squash|keep] [--blocks N] [--resnet-keys shipped|normalised]
      [--templates none|photo|openai|clip-surgery] [--provider P] [--precision fp32|fp16|int8]
      [--json FILE] [--npy DIR] [--png DIR]
    Explains images. "sofa | couch" is one class, the maximum over its synonyms; "person + bench" is the
    published combination. Distractors take part in feature surgery and get no map. With --aspect keep the
    picture keeps its shape, on about as many patches as the square of --size N has. --resnet-keys says how a
    ResNet's attention pool is changed: as the official code does, or as the paper writes. --json writes the whole record (a list of records for several images), --npy the
    similarities [prompts, rows, cols] before min-max, --png an overlay per prompt. Without any of
    them the scores are printed.

  clip-surgery features --model DIR (--image FILE [--size N|HxW] | --pixels FILE.npy) --method M
      [--blocks N] [--provider P] [--precision fp32|fp16|int8] --npy FILE
    Writes the unnormalised tokens [1, 1+N, D] after projection; token 0 is the class token.
    --pixels takes a normalised [1, 3, H, W] tensor.

  clip-surgery text --model DIR --texts FILE.json [--templates none|photo|openai|clip-surgery]
      [--provider P] [--precision fp32|fp16|int8] --npy FILE
    Writes one feature [D] per text of the JSON list, of unit length when an ensemble of templates.

  clip-surgery devices [--model DIR] [--provider P] [--precision fp32|fp16|int8] [--json FILE]
    Tries every way to compute on this machine, each in a process of its own: whether its numbers are
    right, why not, and how long one picture takes.

Without --provider the CPU computes, without --precision in fp32. Without --model the embedded demo model is used, without --prompts the model's own words. Exit code 0, or 1 with one line on what went wrong.`;

const explain: Command = async (args, { engine, demoModel }) => {
  const { values, words: images } = readOptions(args, [
    'prompts', 'distractors', 'model', 'method', 'size', 'aspect', 'blocks', 'resnet-keys', 'templates', 'provider', 'precision', 'json', 'npy', 'png',
  ]); // prettier-ignore
  if (images.length === 0) throw new Error('Name at least one image to explain.');
  rejectSameNames(images);
  const model = resolve(values.model ?? demoModel);
  const prompts = readWords(values.prompts) ?? (await engine.call('describe', { model })).prompts;
  const aspect = readAspect(values.aspect);
  const size = readSize(values.size);
  if (aspect === 'keep' && values.size?.includes('x'))
    throw new Error('--aspect keep needs --size N, not HEIGHTxWIDTH.');
  const records: Explanation[] = [];
  for (const path of images) {
    const image = { path: resolve(path) };
    const explanation = await engine.call('explain', {
      image,
      imageName: basename(path),
      prompts,
      distractors: readWords(values.distractors),
      model,
      method: readMethod(values.method),
      size: aspect === 'keep' ? size?.width : size,
      aspect,
      surgeryBlocks: readBlocks(values.blocks),
      resnetKeys: readResNetKeys(values['resnet-keys']),
      templates: readTemplates(values.templates),
      ...readExecution(values),
    });
    records.push(explanation);
    if (values.npy !== undefined) await writeMaps(values.npy, path, explanation);
    if (values.png !== undefined) {
      for (const [prompt, { text }] of explanation.prompts.entries()) {
        const png = await engine.call('overlay', { image, explanation, prompt });
        await write(join(values.png, `${nameOf(path)}.${fileNamePart(text, prompt)}.png`), png);
      }
    }
    if (values.json === undefined && values.npy === undefined && values.png === undefined) print(path, explanation);
  }
  if (values.json !== undefined) {
    await write(values.json, JSON.stringify(records.length === 1 ? records[0] : records, undefined, 2) + '\n');
  }
};

const features: Command = async (args, { engine, demoModel }) => {
  const { values } = readOptions(args, [
    'model', 'image', 'pixels', 'size', 'method', 'blocks', 'provider', 'precision', 'npy',
  ]); // prettier-ignore
  const output = required(values.npy, 'npy');
  if ((values.image === undefined) === (values.pixels === undefined))
    throw new Error('Give either --image or --pixels.');
  const tensor = await engine.call('features', {
    model: resolve(values.model ?? demoModel),
    image: values.image === undefined ? undefined : { path: resolve(values.image) },
    pixels: values.pixels === undefined ? undefined : decodeNpy(await readFile(values.pixels)),
    method: readMethod(values.method),
    size: readSize(values.size),
    surgeryBlocks: readBlocks(values.blocks),
    ...readExecution(values),
  });
  await write(output, encodeNpy(tensor));
};

const text: Command = async (args, { engine, demoModel }) => {
  const { values } = readOptions(args, ['model', 'texts', 'templates', 'provider', 'precision', 'npy']);
  const file = required(values.texts, 'texts');
  const output = required(values.npy, 'npy');
  const texts: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!Array.isArray(texts) || !texts.every((t) => typeof t === 'string'))
    throw new Error(`${file} is not a JSON list of strings.`);
  const tensor = await engine.call('text', {
    model: resolve(values.model ?? demoModel),
    texts,
    templates: readTemplates(values.templates),
    ...readExecution(values),
  });
  await write(output, encodeNpy(tensor));
};

export const commands = { explain, features, text, devices };

async function writeMaps(folder: string, image: string, { prompts, grid }: Explanation): Promise<void> {
  const data = new Float32Array(prompts.length * grid.rows * grid.cols);
  prompts.forEach(({ map }, i) => data.set(decodeMap(map, grid), i * grid.rows * grid.cols));
  await write(join(folder, `${nameOf(image)}.npy`), encodeNpy({ dims: [prompts.length, grid.rows, grid.cols], data }));
}

function print(image: string, { prompts, method, provider, precision, timings }: Explanation): void {
  console.log(`${image}  (${method.name}, ${provider} ${precision}, ${Math.round(timings.total)} ms)`);
  for (const { text, score, cosine } of prompts)
    console.log(`  ${score.toFixed(3)}  cosine ${cosine.toFixed(3)}  ${text}`);
}

const nameOf = (path: string) => basename(path, extname(path));

/** A prompt as part of a file name: readable, and different for different prompts. */
function fileNamePart(prompt: string, index: number): string {
  const plain = prompt.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60); // prettier-ignore
  return `${index + 1}-${plain}`;
}

/** Results are named after their image: two of one name would overwrite each other. */
function rejectSameNames(images: readonly string[]): void {
  const double = images.find((image, i) => images.findIndex((other) => nameOf(other) === nameOf(image)) !== i);
  if (double !== undefined) throw new Error(`Two images are called "${nameOf(double)}"; explain them one at a time.`);
}
