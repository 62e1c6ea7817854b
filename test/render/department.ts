import type { Plan, PlannedChange } from '../../src/model/plan.ts';
import { at, changeOf, operatorFields, planOf } from './sample-plans.ts';

/** The 62 changes of a support department in a busy month. */
export function departmentPlan(): Plan {
  const file = 'team/operators.yaml';
  const people = (count: number, prefix: string) =>
    Array.from({ length: count }, (_unused, index) => ({
      email: `${prefix}.${String(index).padStart(2, '0')}@support.acme.example`,
      name: `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)} Example ${index}`,
      where: at(index * 5 + 10, file),
    }));
  const changes: PlannedChange[] = [
    ...['chat.started', 'chat.finished'].map((event) =>
      changeOf(
        'create',
        'webhook',
        null,
        { event, targetUrl: 'https://crm.acme.example/chaport?key=${secret:CRM_KEY}', essential: false },
        at(90, 'team/webhooks.yaml'),
      ),
    ),
    ...people(3, 'chief').map(({ email, name, where }) =>
      changeOf(
        'update',
        'operator',
        { email, role: 'operator' },
        { email, role: 'admin' },
        { ...where, about: { name } },
      ),
    ),
    ...people(22, 'agent').map(({ email, name, where }) =>
      changeOf(
        'update',
        'operator',
        { email, jobTitle: 'Agent' },
        { email, jobTitle: 'Support agent' },
        { ...where, about: { name, jobTitle: 'Agent', image: null } },
      ),
    ),
    ...people(7, 'leaver').map(({ email, name, where }) =>
      changeOf('delete', 'operator', operatorFields(email, { name }), null, {
        ...where,
        about: { name, lastActivityAt: '2026-10-02T10:00:00.000Z' },
      }),
    ),
    ...people(20, 'newcomer').map(({ email, name, where }) =>
      changeOf('create', 'operator', null, operatorFields(email, { name, jobTitle: 'Support agent' }), where),
    ),
    ...people(8, 'agent').map(({ email, where }) =>
      changeOf(
        'update',
        'status',
        { email, status: 'offline' },
        { email, status: 'online', ttl: 28_800 },
        where,
      ),
    ),
  ];
  return planOf(changes, {
    unmanaged: [
      { kind: 'operator', key: 'boss@acme.example', id: '1', name: 'The Boss', role: 'admin' },
      { kind: 'operator', key: 'temp@acme.example', id: '2', name: 'A Temp', role: 'operator' },
    ],
  });
}
