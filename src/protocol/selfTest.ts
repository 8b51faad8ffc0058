/** The digit is raised with whatever changes what a self-test finds: what was found before is then tested again. */
export const SELF_TEST_VERSION = 1;

/**
 * How an execution did with a model. Whether it is worth using is for others to say: they know how long the
 * reference took.
 */
export interface SelfTest {
  /** Why its numbers cannot be used, in one sentence; left out where they can. */
  readonly wrong?: string;
  /** Milliseconds that one picture takes at the side that the model is explained at, after a warm-up. */
  readonly milliseconds: number;
  /** int8 only: how its maps differ from those in fp32. */
  readonly maps?: MapDifference;
}

/** How the maps of some pictures differ between two ways to compute them. */
export interface MapDifference {
  readonly maps: number;
  /** Mean over all patches of all maps of the difference of heights, each map min-max scaled to 0..1. */
  readonly mean: number;
  /** Share of the maps whose maximum is in the same patch or one beside it. */
  readonly samePeak: number;
}
