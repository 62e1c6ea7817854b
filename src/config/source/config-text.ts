/** A file as it was read. `name` is the path as it is shown; `-` is standard input. */
export interface ConfigText {
  name: string;
  bytes: Uint8Array;
}
