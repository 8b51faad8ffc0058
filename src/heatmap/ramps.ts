/**
 * Matplotlib's colour ramps of 256 heights. They bend so gently that the step from one colour to the next changes by
 * -1, 0 or 1 in each channel: one letter per colour, a third of what their hexadecimal digits would take.
 * Each is its first two colours, and from then on how the step changes: `a` + red + 3 green + 9 blue, each plus 1.
 */
const RAMPS = {
  viridis: [
    [68, 1, 84, 68, 2, 86],
    'isishk{azbqugknzbnnqkwhknnqkmitnnmitnmitmfwgudxevisfmxdozaomxdomxdoplmxdomomomovfmonmomomonmojrnmomonmonmomonmokponmomoevonmonevlqmfwnnewmfwodwnbzfvfvodowevfthnwfmnwfmlyfmomokponnnkqnnnkqewkqexjhwlgwoazcyfsimuguglycqsij{bplzarkvitdrtpcwplnycvrtd{jomrse{j',
  ],
  inferno: [
    [0, 0, 4, 1, 0, 5],
    'ptopkoqj{bqkqwbqthlybrse{axdovfnvfkponkhvfthmonmrkevrbycycqsij{bpojrkpojrkpojrkplpfsrkpcyobylguhsrduguhsimuhsimlyfj{ejrmugomlpomomkrmomnomnomnomnqcvnnqldwqknqbzknqbzkpczkqduqduqduqdupodupexjqomwfsqnwfvnnthwnewnnmxennvfnwa{ndxmomomomxevfsrnmlqnlycmrknodwi',
  ],
  magma: [
    [0, 0, 4, 1, 0, 5],
    'ptfykrsikqjrnkqnkzelpnthkzcptfybove{axbpxdonkpoesrenvfnplevrkguguhvcpugosinjrvcplpokpojrsijrna{jrkpojrkpcylqjisrkguqa{na{a{kguhsiwa{arwarvcqvcpxdomugomovhlmnwijwhkwhkznbzduqmokpomomxaqxdwfvnfsqnnomnnnkrmnnwenkzenwenthwewethwnewbznewnbyonewkqnewjrnnnnbznn',
  ],
} as const satisfies Record<string, readonly [readonly number[], string]>;

export type RampName = keyof typeof RAMPS;

export function isRamp(name: string): name is RampName {
  return Object.hasOwn(RAMPS, name);
}

/** `[256, 3]` RGB from low to high. */
export function ramp(name: RampName): Uint8Array {
  const [start, bends] = RAMPS[name];
  const table = new Uint8Array(256 * 3);
  table.set(start);
  for (let i = start.length; i < table.length; i++) {
    const letter = bends.charCodeAt(Math.floor(i / 3) - 2) - 97;
    const bend = (Math.floor(letter / 3 ** (i % 3)) % 3) - 1;
    table[i] = 2 * table[i - 3]! - table[i - 6]! + bend;
  }
  return table;
}
