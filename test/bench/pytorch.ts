import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const SCRIPT = join(__dirname, 'official.py');
/** The second one is Debian's own, where another is earlier on the path. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];
const FIND_TORCH = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)';
/** Below any BLAS that was made for speed, above the reference one. */
const FEWEST_GIGAFLOPS = 15;

/** What the script says of itself. */
export interface PytorchAbout {
  readonly torch: string;
  readonly threads: number;
  /** Speed of a matrix product. */
  readonly gigaflops: number;
}

type Answer = { readonly ms: number } | { readonly error: string };

/** Token ids of the sentences of some labels. */
export type LabelIds = readonly (readonly (readonly number[])[])[];

export interface PytorchOptions {
  /** Interpreter; left out: the first usual one that has torch. */
  readonly python?: string;
  readonly threads: number;
}

/** The published computation in a PyTorch process: see official.py. One command at a time. */
export class Pytorch {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
    readonly about: PytorchAbout,
  ) {}

  /**
   * @param checkpoint path of a .safetensors file
   * @throws Error saying in one sentence what is missing
   */
  static async start(checkpoint: string, { python, threads }: PytorchOptions): Promise<Pytorch> {
    const interpreter = (python === undefined ? INTERPRETERS : [python]).find(hasTorch);
    if (interpreter === undefined) {
      throw new Error(
        `${python ?? 'python3'} has no torch; on Debian: apt-get install python3-torch libopenblas0-pthread`,
      );
    }
    const child = spawn(interpreter, [SCRIPT, checkpoint, '--threads', String(threads)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OPENBLAS_NUM_THREADS: String(threads) },
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const about = JSON.parse(await nextLine(lines)) as PytorchAbout;
    if (about.gigaflops < FEWEST_GIGAFLOPS) {
      child.kill();
      throw new Error(
        `torch has a slow BLAS here (${about.gigaflops.toFixed(1)} GFLOP/s), beside which anything is fast; on Debian: apt-get install libopenblas0-pthread`,
      );
    }
    return new Pytorch(child, lines, about);
  }

  /** The name of its figures. */
  get name(): string {
    return `PyTorch ${this.about.torch} fp32, as published`;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Milliseconds of encode_image.
   * @param pixels path of an .npy file `[1, 3, H, W]`, normalised
   * @param save where to write the tokens as .npy, `[1, 1 + N, embed]`
   */
  image(pixels: string, save?: string): Promise<number> {
    return this.ask({ do: 'image', pixels, save });
  }

  /** Milliseconds of the prompt ensembles of some labels; saves `[labels, embed]`, of unit length. */
  text(ids: LabelIds, save?: string): Promise<number> {
    return this.ask({ do: 'text', ids, save });
  }

  /** Milliseconds of feature surgery with .npy files of unit rows; saves `[1, 1 + N, words]`. */
  surgery(tokens: string, texts: string, save?: string): Promise<number> {
    return this.ask({ do: 'surgery', tokens, texts, save });
  }

  dispose(): void {
    this.child.kill();
  }

  private async ask(command: object): Promise<number> {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
    const answer = JSON.parse(await nextLine(this.lines)) as Answer;
    if ('error' in answer) throw new Error(`PyTorch failed: ${answer.error}`);
    return answer.ms;
  }
}

function hasTorch(python: string): boolean {
  return spawnSync(python, ['-c', FIND_TORCH], { stdio: 'ignore' }).status === 0;
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const line = await lines.next();
  if (line.done) throw new Error('PyTorch ended unexpectedly.');
  return line.value;
}
