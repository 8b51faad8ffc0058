import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerOf, FromEngine, Method, RequestOf, Stage, ToEngine } from '../protocol/engine';
import { writeArguments, type EngineArguments } from './engineArguments';
import { EngineError } from './failure';

export type EngineState = 'stopped' | 'starting' | 'ready' | 'busy' | 'crashed';

export interface EngineClientOptions {
  /** The built engine, dist/engine.js. */
  readonly entry: string;
  /** Extra environment of the child, e.g. where a driver lies; a function is asked at each start. */
  readonly env?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** What the child is told; a function is asked at each start. */
  readonly arguments?: EngineArguments | (() => EngineArguments);
  /** End the child after so long without a request; it gives its memory back. */
  readonly idleMs?: number;
  log?(level: 'info' | 'warn' | 'error', message: string): void;
  onState?(state: EngineState): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: Stage) => void;
}

const START_DEADLINE_MS = 20_000;
/** A piece of work that does not end so long after its request was cancelled is ended with its process. */
const CANCEL_GRACE_MS = 3_000;
const CRASH_WINDOW_MS = 60_000;
const LONGEST_BACK_OFF_MS = 30_000;

interface Call {
  readonly message: ToEngine;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: EngineError) => void;
  readonly onStage?: (stage: Stage) => void;
}

/**
 * The typed handle of the engine's process: starts it on first use, restarts it after a crash,
 * and ends it when nobody needs it. Every call settles, whatever happens to the process.
 */
export class EngineClient {
  private child?: { readonly process: ChildProcess; readonly ready: Promise<void> };
  /** Calls that somebody waits for. */
  private readonly calls = new Map<number, Call>();
  /** Requests that the child has not answered yet, the one it works on first. */
  private readonly posted = new Set<number>();
  private nextId = 1;
  private restarts = 0;
  private crashes: number[] = [];
  private idle?: NodeJS.Timeout;
  private disposed = false;
  state: EngineState = 'stopped';

  constructor(private readonly options: EngineClientOptions) {}

  /** The child's process id while there is one. */
  get pid(): number | undefined {
    return this.child?.process.pid;
  }

  /** @throws EngineError with the engine's own failure, `cancelled` or `crashed`. */
  async call<M extends Method>(
    method: M,
    request: RequestOf<M>,
    { signal, onStage }: CallOptions = {},
  ): Promise<AnswerOf<M>> {
    if (this.disposed) throw new EngineError('crashed', 'The engine was stopped.');
    if (signal?.aborted) throw cancelled();
    clearTimeout(this.idle);
    const id = this.nextId++;
    // Listed before the start, so that a child that dies while starting settles this call as well.
    const answer = new Promise<AnswerOf<M>>((resolve, reject) => {
      this.calls.set(id, { message: { type: 'request', id, method, request }, resolve, reject, onStage });
    });
    void this.post(id);
    const cancel = () => void this.cancel(id);
    signal?.addEventListener('abort', cancel);
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.settleState();
    }
  }

  /** Ends the child; what it had not answered yet is asked again of a new one, which is started with other arguments. */
  restart(): void {
    if (!this.child) return;
    this.end();
    this.restarts++;
    this.setState('stopped');
    for (const waiting of this.calls.keys()) void this.post(waiting);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.idle);
    this.end();
    this.rejectAll(new EngineError('crashed', 'The engine was stopped.'));
    this.setState('stopped');
  }

  private async post(id: number): Promise<void> {
    // After a restart somebody else posts what waits here.
    const { restarts } = this;
    try {
      await this.backOff();
      if (restarts !== this.restarts || !this.calls.has(id) || this.disposed) return;
      await this.started();
      const call = this.calls.get(id);
      if (restarts !== this.restarts || !call) return;
      this.setState('busy');
      this.posted.add(id);
      this.child?.process.send(call.message);
    } catch (error) {
      if (restarts === this.restarts) this.settle(id, (call) => call.reject(asEngineError(error)));
    }
  }

  private started(): Promise<void> {
    this.child ??= this.start();
    return this.child.ready;
  }

  private start() {
    this.setState('starting');
    const { entry, env } = this.options;
    const environment = { ...process.env, ...(typeof env === 'function' ? env() : env) };
    delete environment['NODE_OPTIONS']; // a debugger of the editor must not follow into the child
    const told = this.options.arguments ?? {};
    const child = fork(entry, writeArguments(typeof told === 'function' ? told() : told), {
      serialization: 'advanced',
      execArgv: [],
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.log('warn', text.trimEnd()));
    const ready = new Promise<void>((resolve, reject) => {
      const deadline = setTimeout(() => {
        reject(new EngineError('crashed', 'The engine did not start within 20 seconds.', 'See the log.'));
        child.kill('SIGKILL');
      }, START_DEADLINE_MS);
      child.once('message', () => {
        clearTimeout(deadline);
        resolve();
      });
      child.once('exit', () => {
        clearTimeout(deadline);
        reject(crashed());
      });
    });
    ready.catch(() => undefined); // every waiting call is told by `gone`
    child.on('message', (message: FromEngine) => this.receive(message));
    child.on('error', (error) => this.log('error', error.message));
    child.once('exit', (code, signal) => this.gone(child, code, signal));
    return { process: child, ready };
  }

  private receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'log':
        this.log(message.level, message.message);
        break;
      case 'stage':
        this.calls.get(message.id)?.onStage?.(message.stage);
        break;
      case 'answer': {
        const { result } = message;
        this.posted.delete(message.id);
        this.settle(message.id, (call) => {
          if ('ok' in result) call.resolve(result.ok as never);
          else call.reject(new EngineError(result.error.code, result.error.message, result.error.hint));
        });
        break;
      }
    }
  }

  /** The child ended by itself, or somebody ended it. */
  private gone(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.child?.process !== child) return;
    this.child = undefined;
    this.posted.clear();
    this.crashes.push(Date.now());
    this.log('error', `The engine ended unexpectedly (${signal ?? `code ${code}`}).`);
    this.setState('crashed');
    this.rejectAll(crashed());
  }

  /** Ends the child on purpose. */
  private end(): void {
    const child = this.child?.process;
    this.child = undefined;
    this.posted.clear();
    child?.kill('SIGKILL');
  }

  /** The caller is told at once; the child gets some time to come to the end of a piece of work. */
  private async cancel(id: number): Promise<void> {
    this.settle(id, (call) => call.reject(cancelled()));
    if (!this.posted.has(id) || !this.child?.process.connected) return;
    this.child.process.send({ type: 'cancel', id } satisfies ToEngine);
    await sleep(CANCEL_GRACE_MS, undefined, { ref: false });
    const [running] = this.posted;
    if (running !== id) return;
    this.log('warn', 'The engine did not stop in time and is started anew.');
    this.restart();
  }

  /** Waits the longer, the more often the engine crashed within the last minute. */
  private async backOff(): Promise<void> {
    this.crashes = this.crashes.filter((time) => Date.now() - time < CRASH_WINDOW_MS);
    const again = this.crashes.length - 1;
    if (again > 0) await sleep(Math.min(LONGEST_BACK_OFF_MS, 500 * 2 ** again));
  }

  private settle(id: number, how: (call: Call) => void): void {
    const call = this.calls.get(id);
    if (!call) return;
    this.calls.delete(id);
    how(call);
  }

  private rejectAll(error: EngineError): void {
    for (const id of [...this.calls.keys()]) this.settle(id, (call) => call.reject(error));
  }

  private settleState(): void {
    if (this.calls.size > 0 || !this.child) return;
    this.setState('ready');
    clearTimeout(this.idle);
    if (this.options.idleMs === undefined) return;
    this.idle = setTimeout(() => {
      this.end();
      this.setState('stopped');
    }, this.options.idleMs);
    this.idle.unref();
  }

  private setState(state: EngineState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState?.(state);
  }

  private log(level: 'info' | 'warn' | 'error', message: string): void {
    this.options.log?.(level, message);
  }
}

const cancelled = () => new EngineError('cancelled', 'Cancelled.');
const crashed = () => new EngineError('crashed', 'The engine ended unexpectedly.', 'Try again; the log says more.');
const asEngineError = (error: unknown) =>
  error instanceof EngineError ? error : new EngineError('crashed', `The engine cannot be reached: ${String(error)}.`);
