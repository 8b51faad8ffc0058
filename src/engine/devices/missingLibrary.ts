/** The onnxruntime whose provider libraries fit: they share its internal interfaces, which change with every release. */
export const RUNTIME_VERSION = '1.30.0';

const NOT_FOUND = /([\w.+-]+\.so[\w.]*): cannot open shared object file/;
const TOO_NEW = /version `([\w.]+)' not found \(required by (?:.*\/)?([\w.+-]+\.so[\w.]*)\)/;
const NOT_FITTING = /([\w.+-]+\.so[\w.]*): (?:file too short|invalid ELF header|wrong ELF class|undefined symbol)/;

/** By the library's name: what brings it. */
const BRINGS: readonly [RegExp, (version: string) => string][] = [
  [/^libcudnn/, (version) => `install cuDNN ${version} for CUDA 12`],
  // Some of CUDA 12's libraries count their own versions: libcufft.so.11, libcurand.so.10.
  [/^lib(cublas|cudart|cufft|curand|cusparse|cusolver|nvrtc|nvJitLink)/, () => 'install CUDA 12'],
  [/^lib(cuda|nvidia-ml)\.so/, () => "install NVIDIA's driver"],
  [/^libonnxruntime_providers/, () => `it must be that of onnxruntime ${RUNTIME_VERSION}`],
];

/**
 * What the system's loader missed, in one sentence: "libcudnn.so.9 was not found: install cuDNN 9 for CUDA 12."
 * @param text what onnxruntime wrote when it could not load a provider's libraries
 * @returns undefined when the text names no library
 */
export function missingLibrary(text: string): string | undefined {
  const name = NOT_FOUND.exec(text)?.[1];
  if (name !== undefined) {
    const version = /\.so\.(\d+)/.exec(name)?.[1] ?? '9';
    const advice = BRINGS.find(([library]) => library.test(name))?.[1](version);
    return `${name} was not found${advice === undefined ? '' : `: ${advice}`}.`;
  }
  const [, needed, by] = TOO_NEW.exec(text) ?? [];
  if (needed !== undefined) return `${by} needs ${needed}, which is newer than this system's.`;
  const other = NOT_FITTING.exec(text)?.[1];
  if (other === undefined) return undefined;
  return `${other} is damaged, or is not made for onnxruntime ${RUNTIME_VERSION} on this system.`;
}
