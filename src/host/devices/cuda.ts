import { createRequire } from 'node:module';
import path from 'node:path';
import { prepareCuda, type CudaSetup } from '../../engine/devices/cudaLibraries';
import { Once } from '../models/once';
import { cudaLibraries } from './deviceSettings';

type Environment = Readonly<Record<string, string>>;

/** The libraries of CUDA's provider: whether they are there, and how an engine is started that can load them. */
export class Cuda {
  private readonly prepared = new Once(() => this.prepare());
  private environment: Environment = {};
  private startedWith?: Environment;

  /**
   * @param entry the engine, which finds onnxruntime where it lies itself
   * @param folder of ours, made when needed
   */
  constructor(
    private readonly entry: string,
    private readonly folder: string,
  ) {}

  /** What an engine needs, or what is missing in one sentence; that is looked for again each time. */
  async setup(): Promise<CudaSetup> {
    const setup = await this.prepared.get();
    if ('unavailable' in setup) this.prepared.forget();
    return setup;
  }

  /** The settings may lead somewhere else now. */
  forget(): void {
    this.prepared.forget();
    this.environment = {};
  }

  /** The environment of an engine that starts now. */
  start(): Environment {
    return (this.startedWith = this.environment);
  }

  /** Starts the window's engine anew if it cannot load the libraries as it is. */
  async prepareEngine(engine: { restart(): void }): Promise<void> {
    const setup = await this.setup();
    if (!('env' in setup) || this.startedWith === setup.env) return;
    this.environment = setup.env;
    engine.restart();
  }

  private prepare(): Promise<CudaSetup> {
    const { entry, folder: prepared } = this;
    const { platform, arch } = process;
    const runtime = path.join(
      path.dirname(createRequire(entry).resolve('onnxruntime-node/package.json')),
      `bin/napi-v6/${platform}/${arch}`,
    );
    return prepareCuda({ libraries: cudaLibraries(), runtime, prepared }, { platform, arch });
  }
}
