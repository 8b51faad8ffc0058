import type { EngineClient, EngineClientOptions } from '../engine/client';

/** What a command works with. */
export interface Tools {
  readonly engine: EngineClient;
  /** To start more engines like it. */
  readonly options: EngineClientOptions;
  /** Folder of the embedded model. */
  readonly demoModel: string;
}

/** @throws Error with one sentence on what went wrong */
export type Command = (args: string[], tools: Tools) => Promise<void>;
