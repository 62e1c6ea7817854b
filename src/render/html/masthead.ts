import type { PlanAccount } from '../../model/plan.ts';
import { valueTag } from './inline.ts';
import { type Html, html, type Part } from './template.ts';

/** The head of a page: what it is, the verdict with the account beside it, and the numbers. */
export function masthead(page: {
  what: string;
  headline: Part;
  /** `null` where the page is about no one account. */
  account: PlanAccount | null;
  numbers: readonly Html[];
}): Html {
  return html`<header class="page">
<div class="top"><div class="verdict"><p class="eyebrow">${page.what}</p><h1>${page.headline}</h1></div>${page.account && accountBox(page.account)}</div>
<ul class="summary">${page.numbers}</ul>
</header>`;
}

function accountBox({ baseUrl, owner }: PlanAccount): Html {
  const named =
    owner === undefined
      ? null
      : html`<p><span class="quiet">Owner</span> ${valueTag(owner)} <span class="quiet">(as the file says)</span></p>`;
  return html`<div class="account"><p><span class="quiet">Account</span> ${valueTag(baseUrl)}</p>${named}</div>`;
}

/** A number with what it counts; `tone` is a class of ours. */
export function numberItem(number: number, words: string, tone = ''): Html {
  return html`<li class="${tone}"><b>${number}</b> ${words}</li>`;
}

export function readableTime(timestamp: string): Part {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return timestamp;
  const words = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(time);
  return `${words} UTC`;
}
