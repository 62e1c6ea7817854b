/**
 * The resource kinds in reading order, each described in the file of its name. They stand here by themselves,
 * since whoever needs no more than the names must not load what a kind is made of.
 */
export const KIND_NAMES = ['operator', 'status', 'webhook'] as const;

export type KindName = (typeof KIND_NAMES)[number];
