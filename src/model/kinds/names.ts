/**
 * The resource kinds in reading order, each described in the file of its name. They stand here by themselves,
 * since whoever needs no more than the names must not load what a kind is made of.
 */
export const KIND_NAMES = ['operator', 'status', 'webhook'] as const;

export type KindName = (typeof KIND_NAMES)[number];

/** What a reader must know before saying yes, by kind. A program may ask for them: none ever gets another meaning. */
interface EffectCodes {
  operator: 'invites' | 'locks-out' | 'gains-admin' | 'loses-admin' | 'new-login';
  status: 'sets-status';
  webhook: 'starts-sending' | 'stops-sending' | 'moves-sending' | 'rotates-key' | 'ends-doubling';
}

export type EffectCode<Name extends KindName = KindName> = EffectCodes[Name];
