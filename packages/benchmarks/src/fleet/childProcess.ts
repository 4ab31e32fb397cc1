import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { repositoryFile } from '../repositoryFile';

/** What a child can be asked to do; arguments and answers travel as structured clones. */
export type Handlers = Record<string, (argument: never) => unknown>;

interface Question {
  id: number;
  method: string;
  argument: unknown;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** How a child is started. */
export interface ChildOptions {
  /** Path of the child's file within the repository. */
  module: string;
  environment?: Record<string, string>;
  /** The most that the child's heap may take, in MiB; what Node.js chooses where absent. */
  heapMiB?: number;
  /** What the child is started with; a structured clone of it. */
  input: unknown;
}

const OUTPUT_KEPT = 20_000;
const STOP_MS = 10_000;

/** Another process of this package that answers calls. It has its garbage collector exposed. */
export class Child<H extends Handlers> {
  readonly #process: ChildProcess;
  readonly #open = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void }
  >();
  readonly #exited: Promise<void>;
  #output = '';
  #last = 0;

  private constructor(options: ChildOptions) {
    this.#process = fork(repositoryFile(options.module), [], {
      execArgv: [
        '--expose-gc',
        ...(options.heapMiB ? [`--max-old-space-size=${options.heapMiB}`] : []),
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      env: { ...process.env, ...options.environment },
      serialization: 'advanced',
      silent: true,
    });
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk).slice(-OUTPUT_KEPT);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
    this.#process.on('message', (message: Answer) => this.#answered(message));
    this.#exited = new Promise(resolve => {
      this.#process.once('exit', (code, signal) => {
        this.#failAll(
          new Error(
            `${options.module} ended with ${signal ?? code}: ${this.#output}`,
          ),
        );
        resolve();
      });
    });
  }

  /** Starts a child; resolves once it answers. @throws Error with its output where it ends before */
  static async start<H extends Handlers>(
    options: ChildOptions,
  ): Promise<Child<H>> {
    const child = new Child<H>(options);
    await child.#ask('start', options.input);
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** What the child has written last, for messages. */
  get output(): string {
    return this.#output;
  }

  /** Asks the child to do something. */
  async call<M extends keyof H & string>(
    method: M,
    ...[argument]: Parameters<H[M]>
  ): Promise<Awaited<ReturnType<H[M]>>> {
    return (await this.#ask(method, argument)) as Awaited<ReturnType<H[M]>>;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGTERM');
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
      await this.#exited;
      clearTimeout(timer);
    }
  }

  async #ask(method: string, argument: unknown): Promise<unknown> {
    this.#last += 1;
    const question: Question = { id: this.#last, method, argument };
    return await new Promise((resolve, reject) => {
      this.#open.set(question.id, { resolve, reject });
      this.#process.send(question, error => {
        if (error) {
          this.#open.delete(question.id);
          reject(error);
        }
      });
    });
  }

  #answered({ id, value, error }: Answer): void {
    const waiting = this.#open.get(id);
    this.#open.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}

/** In the child: starts with what the parent gives, then answers calls until the parent ends. */
export function serveParent<Input>(
  start: (input: Input) => Handlers | Promise<Handlers>,
): void {
  let handlers: Handlers = {};
  process.on('message', async ({ id, method, argument }: Question) => {
    const answer: Answer = { id };
    try {
      if (method === 'start') handlers = await start(argument as Input);
      else answer.value = await handlers[method](argument as never);
    } catch (error) {
      answer.error = error instanceof Error ? error.stack : String(error);
    }
    process.send?.(answer);
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
}
