import { clipSurgery } from './clipSurgery';
import type { ExplanationMethod } from './method';
import { rawClip } from './rawClip';

/** The registry of explanation methods. */
export const METHODS = { 'clip-surgery': clipSurgery, raw: rawClip } satisfies Record<string, ExplanationMethod>;
