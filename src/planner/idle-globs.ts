import type { DesiredState, PolicyGlob } from '../model/desired.ts';
import { desiredObjects, KINDS, type Kind, liveObjects } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import type { PlanWarning } from '../model/plan.ts';
import { realFields, realOf } from '../model/text.ts';
import { emailGlob, urlGlob } from './globs.ts';
import type { Presenter } from './presenter.ts';
import type { Target } from './targets.ts';

const COMPILERS = { email: emailGlob, url: urlGlob };

/** A glob that matches nobody, in the account or in the files, guards and claims nobody: a typing error, most likely. */
export function warnOfIdleGlobs(
  desired: DesiredState,
  live: LiveState,
  { presenter, targets }: { presenter: Presenter; targets: readonly Target[] },
): PlanWarning[] {
  if (targets.length > 0) return [];
  const whole = KINDS.filter(({ partOf }) => partOf === undefined);
  const textsOf = new Map(whole.map((kind) => [kind, textsIn(kind, desired, live)]));
  const isIdle = (glob: PolicyGlob, kinds: readonly Kind[]) => {
    const lists = kinds.map((kind) => ({ kind, texts: textsOf.get(kind) ?? null }));
    const isKnown = lists.every(({ texts }) => texts !== null) && lists.some(({ texts }) => texts?.length);
    return isKnown && !lists.some(({ kind, texts }) => texts?.some(COMPILERS[kind.globs](realOf(glob.glob))));
  };
  const warn = (policy: string, does: string, { glob, source }: PolicyGlob): PlanWarning => ({
    code: 'idle-glob',
    message: `policy.${policy}: "${presenter.text(glob)}" matches nothing in the account or the files, so it ${does}`,
    source,
  });
  return [
    ...desired.policy.protect
      .filter((glob) => isIdle(glob, kindsMeantBy(realOf(glob.glob), whole)))
      .map((glob) => warn('protect', 'protects nothing', glob)),
    ...whole.flatMap((kind) =>
      kind
        .pruneGlobs(desired.policy)
        .filter((glob) => desiredObjects(kind, desired) !== null && isIdle(glob, [kind]))
        .map((glob) => warn('prune', 'claims nothing', glob)),
    ),
  ];
}

/** What the globs of a kind are matched with; `null` where its list was not read. */
function textsIn(kind: Kind, desired: DesiredState, live: LiveState): string[] | null {
  if ((live[kind.list] ?? null) === null) return null;
  const written = (desiredObjects(kind, desired) ?? []).flatMap(({ fields, previous }) => [
    fields,
    ...(previous ? [previous.fields] : []),
  ]);
  return [...liveObjects(kind, live).map(({ fields }) => fields), ...written].map((fields) =>
    kind.globText(realFields(fields)),
  );
}

/** Only a URL has a scheme, and an address without one can be nothing else. */
function kindsMeantBy(glob: string, kinds: readonly Kind[]): Kind[] {
  const isUrl = glob.includes('//');
  const isEmail = !isUrl && glob.includes('@') && !glob.includes('/');
  return kinds.filter(({ globs }) => (globs === 'url' ? !isEmail : !isUrl));
}
