/**
 * @param {number[]} values at least one
 * @returns {number} the middle one; of an even number the mean of the two in the middle
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error("the median of nothing was asked for");
  return (low + high) / 2;
}

/**
 * @param {number[]} values
 * @param {number} part 0.99 for p99
 * @returns {number} the smallest value that this part of the values does not exceed; 0 for none
 */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

/**
 * The medians of equally shaped samples, field by field.
 * @template {Record<string, number>} T
 * @param {T[]} samples
 * @returns {T}
 */
export function medians(samples) {
  const [first] = samples;
  if (!first) throw new Error("the medians of nothing were asked for");
  const names = Object.keys(first);
  return /** @type {T} */ (
    Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name] ?? 0))]))
  );
}
