import { featureSurgery } from '../explanation/featureSurgery';
import { surgeryPath } from './architectureSurgery';
import type { ExplanationMethod } from './method';
import { clipPath } from './rawClip';

/** CLIP Surgery (arXiv 2304.05653): architecture surgery, then {@link featureSurgery}. */
export const clipSurgery: ExplanationMethod = {
  image: surgeryPath,
  removesRedundancy: true,
  similarities: featureSurgery,
};

/** Feature surgery alone, on the tokens of CLIP as it was trained, to see what architecture surgery adds. */
export const featureSurgeryOnly: ExplanationMethod = { ...clipSurgery, image: clipPath };
