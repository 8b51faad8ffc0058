import { ModelError } from '../clip/errors';

const SAVE = "save_file({k: v.contiguous() for k, v in weights.items()}, 'model.safetensors')";
const IMPORT = 'import torch; from safetensors.torch import save_file;';

/** Checkpoints of PyTorch, which are programs, and how Python reads the weights of each kind. */
const PICKLES: readonly [ending: string, python: (file: string) => string][] = [
  ['.bin', (file) => `${IMPORT} weights = torch.load('${file}', weights_only=True); ${SAVE}`],
  ['.pt', (file) => `${IMPORT} weights = torch.jit.load('${file}', 'cpu').state_dict(); ${SAVE}`],
];

/** For a folder whose only weights are PyTorch's: what they are, and how to get a .safetensors of them. */
export function pickleError(folder: string, files: readonly string[]): ModelError | undefined {
  for (const [ending, python] of PICKLES) {
    const file = files.find((name) => name.endsWith(ending));
    if (file === undefined) continue;
    return new ModelError(
      `The model folder "${folder}" has only "${file}": a PyTorch file is a program, and it is never run here.`,
      `Get the .safetensors file of this model's Hugging Face repository, or convert it: python -c "${python(file)}"`,
    );
  }
  return undefined;
}
