import { strict as assert } from 'node:assert';
import { execFile, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'; // prettier-ignore
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Place } from '../../../src/engine/devices/candidates';
import { prepareCuda } from '../../../src/engine/devices/cudaLibraries';
import { missingLibrary, RUNTIME_VERSION } from '../../../src/engine/devices/missingLibrary';

const HERE: Place = { platform: 'linux', arch: 'x64' };
const SHARED = 'libonnxruntime_providers_shared.so';
const CUDA = 'libonnxruntime_providers_cuda.so';
const RUNTIME = 'libonnxruntime.so.1';

describe('the libraries of CUDA', () => {
  let folder: string;
  let libraries: string;
  let prepared: string;
  let runtime: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'clip-cuda-')));
    libraries = join(folder, 'libraries');
    prepared = join(folder, 'storage', 'cuda');
    runtime = join(folder, 'runtime');
    for (const name of [libraries, runtime]) mkdirSync(name);
    writeFileSync(join(runtime, RUNTIME), 'runtime');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (...names: string[]) => {
    for (const name of names) writeFileSync(join(libraries, name), name);
  };
  const prepare = (searchPath = '', place = HERE) => prepareCuda({ libraries, runtime, prepared }, place, searchPath);
  const unavailable = async (part: object = {}, place = HERE) => {
    const setup = await prepareCuda({ libraries, runtime, prepared, ...part }, place, '');
    assert.ok('unavailable' in setup, 'is available');
    return setup.unavailable;
  };

  it('are for Linux x64 only', async () => {
    put(SHARED, CUDA);
    const places: Place[] = [{ platform: 'win32', arch: 'x64' }, { platform: 'linux', arch: 'arm64' }]; // prettier-ignore
    for (const place of places) assert.match(await unavailable({}, place), /on Linux x64 only\.$/);
  });

  it('are told when missing, in one sentence', async () => {
    const both = `${SHARED} and ${CUDA} of onnxruntime 1.30.0 are not in ${libraries}.`;
    assert.equal(await unavailable(), both);
    put(SHARED);
    assert.equal(await unavailable(), `${CUDA} of onnxruntime 1.30.0 is not in ${libraries}.`);
    mkdirSync(join(libraries, CUDA)); // a folder is no library
    assert.equal(await unavailable(), `${CUDA} of onnxruntime 1.30.0 is not in ${libraries}.`);
    assert.match(await unavailable({ libraries: join(folder, 'none') }), /^libonnxruntime_providers_shared\.so and /);
    const none = `CUDA needs a folder with ${SHARED} and ${CUDA} of onnxruntime 1.30.0.`;
    for (const libraries of ['', undefined]) assert.equal(await unavailable({ libraries }), none);
  });

  it('are not looked for where a search path cannot lead', async () => {
    for (const sign of [':', ';', '$']) {
      const odd = join(folder, `a${sign}b`);
      mkdirSync(odd);
      for (const name of [SHARED, CUDA]) writeFileSync(join(odd, name), name);
      assert.match(await unavailable({ libraries: odd }), /must have no ":", ";" or "\$" in its name/);
      put(SHARED, CUDA);
      assert.match(await unavailable({ prepared: odd }), /has a sign in its name/);
      assert.deepEqual(readdirSync(odd).length, 2);
    }
    assert.match(await unavailable({ libraries: 'cuda' }), /must be a full path, not "cuda"\.$/);
  });

  it('are laid beside the runtime, which is left as it is', async () => {
    put(SHARED, CUDA);
    assert.deepEqual(await prepare('/usr/lib/x::/opt/y:'), {
      env: { LD_LIBRARY_PATH: [prepared, libraries, '/usr/lib/x', '/opt/y'].join(':') },
    });
    assert.deepEqual(await prepare(), { env: { LD_LIBRARY_PATH: `${prepared}:${libraries}` } });
    assert.deepEqual(readdirSync(prepared).sort(), [RUNTIME, CUDA, SHARED].sort());
    assert.equal(readFileSync(join(prepared, RUNTIME), 'utf8'), 'runtime');
    assert.equal(readFileSync(join(prepared, CUDA), 'utf8'), CUDA);
    assert.deepEqual(readdirSync(runtime), [RUNTIME]);
  });

  it('follow the runtime and the folder when those move, and stay where they did not', async () => {
    put(SHARED, CUDA);
    await prepare();
    const { ino } = lstatSync(join(prepared, CUDA));
    const moved = join(folder, 'newer');
    mkdirSync(moved);
    writeFileSync(join(moved, RUNTIME), 'newer');
    writeFileSync(join(folder, 'elsewhere'), '');
    rmSync(join(prepared, SHARED));
    symlinkSync(join(folder, 'gone'), join(prepared, SHARED)); // leads nowhere
    await prepareCuda({ libraries, runtime: moved, prepared }, HERE, '');
    assert.equal(readFileSync(join(prepared, RUNTIME), 'utf8'), 'newer');
    assert.equal(readlinkSync(join(prepared, SHARED)), join(libraries, SHARED));
    assert.equal(lstatSync(join(prepared, CUDA)).ino, ino);
  });

  it('are copied where links cannot be made, and again only when they changed', async () => {
    put(SHARED, CUDA);
    utimesSync(join(libraries, CUDA), 1000, 1000);
    const { symlink } = promises;
    promises.symlink = () => Promise.reject(new Error('EPERM'));
    try {
      await prepare();
      const copied = lstatSync(join(prepared, CUDA));
      assert.ok(copied.isFile());
      await prepare();
      assert.equal(lstatSync(join(prepared, CUDA)).ino, copied.ino);
      writeFileSync(join(libraries, CUDA), CUDA.toUpperCase()); // as long as before
      await prepare();
      assert.equal(readFileSync(join(prepared, CUDA), 'utf8'), CUDA.toUpperCase());
      writeFileSync(join(libraries, CUDA), 'longer '.repeat(9));
      utimesSync(join(libraries, CUDA), 1000, 1000);
      utimesSync(join(prepared, CUDA), 1000, 1000);
      await prepare();
      assert.equal(readFileSync(join(prepared, CUDA), 'utf8'), 'longer '.repeat(9));
    } finally {
      promises.symlink = symlink;
    }
  });

  it('are told when they cannot be laid out', async () => {
    put(SHARED, CUDA);
    writeFileSync(join(folder, 'storage'), 'a file where the folder should be');
    assert.match(await unavailable(), /^CUDA's libraries cannot be prepared: .*\.$/);
    rmSync(join(folder, 'storage'));
    assert.match(await unavailable({ runtime: join(folder, 'none') }), /^CUDA's libraries cannot be prepared: /);
    await prepare();
    rmSync(join(runtime, RUNTIME)); // the link to it is still there
    assert.match(await unavailable(), /^CUDA's libraries cannot be prepared: /);
    assert.deepEqual(readdirSync(prepared).length, 3, 'drafts are left');
  });

  describe('with the real runtime', function () {
    /** What onnxruntime writes when it is asked for CUDA with these libraries. */
    const written = async () => {
      const real = dirname(require.resolve('onnxruntime-node/package.json'));
      runtime = join(real, 'bin/napi-v6/linux/x64');
      const setup = await prepareCuda({ libraries, runtime, prepared }, HERE, '');
      assert.ok('env' in setup, 'not available');
      const script = join(__dirname, '../../fixtures/children/loadsCuda.cjs');
      const env = { ...process.env, ...setup.env };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { env });
      assert.match(stdout, /Failed to load shared library/);
      return stderr;
    };
    before(function () {
      if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    });

    it('are looked for in the prepared folder, not beside the binding', async () => {
      put(SHARED, CUDA);
      const error = await written();
      assert.ok(error.includes(`Failed to load library ${join(prepared, SHARED)} with error`), error);
      assert.equal(
        missingLibrary(error),
        `${SHARED} is damaged, or is not made for onnxruntime 1.30.0 on this system.`,
      );
    });

    it('are loaded from there, and what they need from the folder that the user names', async function () {
      /** Compiles a library from C. */
      const compile = (name: string, code: string, ...needed: string[]) => {
        const source = join(folder, 'source.c');
        writeFileSync(source, code);
        const options = ['-shared', '-fPIC', `-Wl,-soname,${name}`, '-o', join(libraries, name), source];
        return spawnSync('gcc', [...options, '-Wl,--no-as-needed', ...needed]).status === 0;
      };
      if (!compile(SHARED, 'void Provider_SetHost(void *host) {} void *Provider_GetHost(void) { return 0; }')) {
        this.skip();
      }
      const cudnn = join(libraries, 'libcudnn.so.9');
      assert.ok(compile('libcudnn.so.9', 'int cudnn(void) { return 9; }'));
      assert.ok(compile(CUDA, 'int cudnn(void); int provider(void) { return cudnn(); }', cudnn));
      // It is loaded with what it needs, and only then found to be no provider.
      assert.match(await written(), /Failed to get symbol GetProvider/);
      rmSync(cudnn);
      const error = await written();
      assert.ok(error.includes(`Failed to load library ${join(prepared, CUDA)} with error`), error);
      assert.equal(missingLibrary(error), 'libcudnn.so.9 was not found: install cuDNN 9 for CUDA 12.');
    });
  });
});

describe('a library that was not loaded', () => {
  const notFound = (name: string) => `Failed to load library x with error: ${name}: cannot open shared object file: No such file or directory`; // prettier-ignore
  const cases: [string, string | undefined][] = [
    [notFound('libcudnn.so.9'), 'libcudnn.so.9 was not found: install cuDNN 9 for CUDA 12.'],
    [notFound('libcudnn_adv.so.9'), 'libcudnn_adv.so.9 was not found: install cuDNN 9 for CUDA 12.'],
    [notFound('libcublasLt.so.12'), 'libcublasLt.so.12 was not found: install CUDA 12.'],
    [notFound('libcufft.so.11'), 'libcufft.so.11 was not found: install CUDA 12.'],
    [notFound('libcuda.so.1'), "libcuda.so.1 was not found: install NVIDIA's driver."],
    [notFound('libcudart.so.12'), 'libcudart.so.12 was not found: install CUDA 12.'],
    [notFound(`/a b/${SHARED}`), `${SHARED} was not found: it must be that of onnxruntime 1.30.0.`],
    [notFound('libstrange.so'), 'libstrange.so was not found.'],
    [`/x/${CUDA}: file too short`, `${CUDA} is damaged, or is not made for onnxruntime 1.30.0 on this system.`],
    [
      `${CUDA}: wrong ELF class: ELFCLASS32`,
      `${CUDA} is damaged, or is not made for onnxruntime 1.30.0 on this system.`,
    ],
    [
      `/x/${CUDA}: undefined symbol: GetProvider`,
      `${CUDA} is damaged, or is not made for onnxruntime 1.30.0 on this system.`,
    ],
    [
      `/lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.38' not found (required by /x/${CUDA})`,
      `${CUDA} needs GLIBC_2.38, which is newer than this system's.`,
    ],
    ['Failed to load shared library', undefined],
    ['', undefined],
  ];
  for (const [text, sentence] of cases) {
    it(`is named: ${sentence ?? 'none'}`, () => assert.equal(missingLibrary(text), sentence));
  }

  it('must be of the onnxruntime that is installed', () => {
    const { dependencies } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    assert.equal(dependencies['onnxruntime-node'], RUNTIME_VERSION);
  });
});
