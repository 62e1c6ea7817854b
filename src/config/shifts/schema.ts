import * as z from 'zod';
import { email, filledText, listOf, map, oneOf, orReference, textThat } from '../../model/field-schemas.ts';
import { durationOf } from '../../model/kinds/status.ts';
import {
  isTimeZone,
  parseDate,
  parseDates,
  parseDays,
  parseTime,
  parseTurn,
} from '../../model/rota/calendar.ts';

const DAYS_EXPECTED = 'days such as mon-fri, sat or daily, or a list of them';
const day = textThat((text) => parseDays(text) !== null, DAYS_EXPECTED).meta(
  orReference('^(daily|(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?)$'),
);
const days = z
  .union([day, z.array(day, { error: DAYS_EXPECTED }).min(1, { error: DAYS_EXPECTED })], {
    error: DAYS_EXPECTED,
  })
  .meta({
    title: 'Days',
    description: 'The days on which it begins: mon to sun, ranges, a list of them, or daily.',
    examples: ['mon-fri', ['fri', 'sat'], 'daily'],
  });

const begin = textThat((text) => text !== '24:00' && parseTime(text) !== null, 'a time such as "08:00"').meta(
  {
    ...orReference('^([01]\\d|2[0-3]):[0-5]\\d$'),
    title: 'From',
    description: 'When it begins, by the clocks of its zone.',
    examples: ['08:00'],
  },
);
const end = textThat((text) => parseTime(text) !== null, 'a time such as "16:00", at most "24:00"').meta({
  ...orReference('^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$'),
  title: 'To',
  description: 'When it ends. A time that is not after the begin is the next day’s.',
  examples: ['16:00', '24:00'],
});

const timeZone = textThat(
  isTimeZone,
  'the name of a time zone such as Europe/Berlin, not an offset such as +02:00',
).meta({
  title: 'Time zone',
  description: 'The name of a time zone (IANA), whose clocks count.',
  examples: ['Europe/Berlin'],
});

const date = textThat((text) => parseDate(text) !== null, 'a date that exists, such as 2026-12-24').meta(
  orReference('^\\d{4}-\\d{2}-\\d{2}$'),
);

const PEOPLE_EXPECTED = 'a list of e-mail addresses, and not empty';
const people = listOf(email, PEOPLE_EXPECTED).min(1, { error: PEOPLE_EXPECTED });

const rotate = map({
  every: textThat((text) => parseTurn(text) !== null, 'weeks or days such as 1w, 2w or 3d').meta({
    ...orReference('^[1-9]\\d{0,2}[wd]$'),
    title: 'Every',
    description: 'How long a turn lasts.',
    examples: ['1w', '2w', '3d'],
  }),
  since: date.meta({
    title: 'Since',
    description: 'The first day of the first turn, in the zone of the shift. Before it nobody is on.',
    examples: ['2026-11-02'],
  }),
  order: z
    .array(z.union([email, people], { error: 'an e-mail address, or a list of them' }), {
      error: 'a list of people in the order of their turns',
    })
    .min(1, { error: 'a list of people in the order of their turns, and not empty' })
    .meta({
      title: 'Order',
      description: 'Whose turn it is: one person in each place, or several.',
      examples: [['ana@acme.example', ['luis@acme.example', 'eva@acme.example']]],
    }),
}).meta({
  title: 'Rotation',
  description: 'Who takes turns. Either this or `who`.',
  examples: [{ every: '1w', since: '2026-11-02', order: ['ana@acme.example', 'eva@acme.example'] }],
});

/** A shift as it is written, under its name. */
export const shift = map({
  days,
  from: begin,
  to: end,
  timeZone: timeZone.optional(),
  who: people
    .meta({
      title: 'Who',
      description: 'Who is on. Either this or `rotate`.',
      examples: [['anke@acme.example', 'jon@acme.example']],
    })
    .optional(),
  rotate: rotate.optional(),
}).meta({
  title: 'Shift',
  description: 'Who is online on which days, and from when to when.',
  examples: [{ days: 'mon-fri', from: '08:00', to: '16:00', who: ['anke@acme.example'] }],
});

/** Days on which there are no shifts. */
const closedDays = textThat(
  (text) => parseDates(text) !== null,
  'a date that exists, such as 2026-12-25, or two of them such as 2026-12-24..2026-12-26',
).meta(orReference('^\\d{4}-\\d{2}-\\d{2}(\\.\\.\\d{4}-\\d{2}-\\d{2})?$'));

export const timeOff = map({
  who: email.meta({ title: 'Who', description: 'Who is away.', examples: ['anke@acme.example'] }),
  from: date.meta({ title: 'From', description: 'The first whole day.', examples: ['2026-12-21'] }),
  to: date.meta({ title: 'To', description: 'The last whole day.', examples: ['2027-01-04'] }),
  note: filledText
    .meta({ title: 'Note', description: 'Why, for readers.', examples: ['vacation'] })
    .optional(),
}).meta({
  title: 'Time off',
  description: 'Whole days, both included, in the zone of each shift.',
  examples: [{ who: 'anke@acme.example', from: '2026-12-21', to: '2027-01-04', note: 'vacation' }],
});

export const swap = map({
  date: date.meta({
    title: 'Date',
    description: 'The day on which the shift begins, in its zone.',
    examples: ['2026-11-27'],
  }),
  shift: filledText.meta({ title: 'Shift', description: 'The name of the shift.', examples: ['late'] }),
  out: email.meta({ title: 'Out', description: 'Whom the rota has.', examples: ['ana@acme.example'] }),
  in: email.meta({ title: 'In', description: 'Who takes over.', examples: ['eva@acme.example'] }),
}).meta({
  title: 'Swap',
  description: 'On one day of one shift somebody takes over from somebody else, also from who is off.',
  examples: [{ date: '2026-11-27', shift: 'late', out: 'ana@acme.example', in: 'eva@acme.example' }],
});

type Parts = Record<'shift' | 'timeOff' | 'swap', z.ZodType>;

/** Its parts are read one by one: what is wrong with one says nothing of the others. Included files may have the rest. */
export const shiftsHead = shiftsSchema({
  shift: z.unknown(),
  timeOff: z.unknown(),
  swap: z.unknown(),
});

export function wholeShifts() {
  return shiftsSchema({ shift, timeOff, swap });
}

function shiftsSchema(parts: Parts) {
  return map({
    timeZone: timeZone.optional(),
    rota: z
      .record(z.string(), parts.shift, { error: 'shifts by their names' })
      .meta({
        title: 'Rota',
        description: 'The shifts, by their names.',
        examples: [{ early: { days: 'mon-fri', from: '08:00', to: '16:00', who: ['anke@acme.example'] } }],
      })
      .optional(),
    closed: listOf(closedDays, 'a list of dates and ranges such as 2026-12-24..2026-12-26')
      .meta({
        title: 'Closed',
        description: 'Days on which no shift begins.',
        examples: [['2026-12-25', '2026-12-24..2026-12-26']],
      })
      .optional(),
    off: listOf(parts.timeOff, 'a list of people and dates')
      .meta({
        title: 'Off',
        description: 'Who is away when.',
        examples: [[{ who: 'anke@acme.example', from: '2026-12-21', to: '2027-01-04' }]],
      })
      .optional(),
    swaps: listOf(parts.swap, 'a list of swaps')
      .meta({
        title: 'Swaps',
        description: 'Who takes over from whom, made in this order.',
        examples: [[{ date: '2026-11-27', shift: 'late', out: 'ana@acme.example', in: 'eva@acme.example' }]],
      })
      .optional(),
    handover: oneOf(['start', 'enforce'])
      .meta({
        title: 'Handover',
        description:
          '`start` sets people online while the first `grace` of a shift lasts, and leaves their own toggle alone after that; `enforce` sets them whenever they are not.',
        examples: ['start', 'enforce'],
        default: 'start',
      })
      .optional(),
    grace: durationOf()
      .meta({
        title: 'Grace',
        description: 'How long after the begin of a shift `handover: start` still sets a status.',
        examples: ['1h', '30m'],
        default: '1h',
      })
      .optional(),
  }).meta({
    title: 'Shifts',
    description:
      'Who is to be online when. A status is set at the begin of a shift, and holds until its end.',
    examples: [
      {
        timeZone: 'Europe/Berlin',
        rota: { early: { days: 'mon-fri', from: '08:00', to: '16:00', who: ['anke@acme.example'] } },
      },
    ],
  });
}

/** A rule of `policy.coverage`. */
export const coverage = map({
  name: filledText.meta({
    title: 'Name',
    description: 'What the rule is called where it is not kept.',
    examples: ['office hours'],
  }),
  days,
  from: begin,
  to: end,
  timeZone: timeZone.optional(),
  online: z
    .union(
      [z.int({ error: 'a whole number from 1' }).min(1, { error: 'a whole number from 1' }), z.string()],
      {
        error: 'a whole number from 1',
      },
    )
    .refine((written) => /^[1-9]\d{0,8}$/.test(String(written)), { error: 'a whole number from 1' })
    .meta({
      title: 'Online',
      description: 'How many different people the rota must have online.',
      examples: [2],
    }),
  closed: oneOf(['ask'])
    .meta({
      title: 'On closed days',
      description: '`ask`: the rule holds on the days of `shifts.closed` too. Left out: it does not.',
      examples: ['ask'],
    })
    .optional(),
}).meta({
  title: 'Coverage rule',
  description: 'When how many people must be online. `chaportctl shifts --check` looks for gaps.',
  examples: [{ name: 'office hours', days: 'mon-fri', from: '09:00', to: '18:00', online: 2 }],
});

type WrittenShift = z.infer<typeof shift>;

/** What is sound of the section. */
export type WrittenShifts = Partial<
  Omit<z.infer<typeof shiftsHead>, 'rota' | 'off' | 'swaps'> & {
    rota: Record<string, Partial<WrittenShift>>;
    off: Partial<z.infer<typeof timeOff>>[];
    swaps: Partial<z.infer<typeof swap>>[];
  }
>;
