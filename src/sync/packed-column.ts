/** So many texts are joined into one. */
const CHUNK = 1000;

/**
 * A column of very many short texts: a text of its own takes twice the memory and makes work for the garbage collector.
 * Texts are added in order and read by their place.
 */
export class PackedColumn {
  private readonly chunks: string[] = [];
  /** Where each text of a full chunk ends within it. */
  private readonly ends: Int32Array[] = [];
  private open: string[] = [];

  add(text: string): void {
    this.open.push(text);
    if (this.open.length === CHUNK) this.close();
  }

  private close(): void {
    const ends = new Int32Array(CHUNK);
    let end = 0;
    for (let at = 0; at < CHUNK; at++) {
      end += (this.open[at] as string).length;
      ends[at] = end;
    }
    this.chunks.push(this.open.join(""));
    this.ends.push(ends);
    this.open = [];
  }

  at(place: number): string {
    const chunk = Math.floor(place / CHUNK);
    const within = place % CHUNK;
    const text = this.chunks[chunk];
    if (text === undefined) return this.open[within] as string;
    const ends = this.ends[chunk] as Int32Array;
    return text.substring(within === 0 ? 0 : (ends[within - 1] as number), ends[within]);
  }
}
