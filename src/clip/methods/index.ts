import { architectureSurgery } from './architectureSurgery';
import { clipSurgery, featureSurgeryOnly } from './clipSurgery';
import type { ExplanationMethod } from './method';
import { rawClip } from './rawClip';

/** The registry of explanation methods. */
export const METHODS = {
  'clip-surgery': clipSurgery,
  'architecture-surgery': architectureSurgery,
  'feature-surgery': featureSurgeryOnly,
  raw: rawClip,
} satisfies Record<string, ExplanationMethod>;
