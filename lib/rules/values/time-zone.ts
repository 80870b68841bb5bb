/**
 * Names of the time zone database, as Go finds its files: by their exact spelling.
 *
 * Areas and names without an area are closed lists: the database adds none. Whether a place exists is asked of the runtime,
 * which has the database in it but does not mind capitals; so how a place is written is judged here, and the same name is
 * found the same in every version of Node.
 */

const AREAS: ReadonlySet<string> = new Set([
  'Africa', 'America', 'Antarctica', 'Arctic', 'Asia', 'Atlantic', 'Australia', 'Brazil', 'Canada', 'Chile', 'Etc', 'Europe', 'Indian',
  'Mexico', 'Pacific', 'US',
]);
const WITHOUT_AREA: ReadonlySet<string> = new Set([
  'CET', 'CST6CDT', 'Cuba', 'EET', 'EST', 'EST5EDT', 'Egypt', 'Eire', 'Factory', 'GB', 'GB-Eire', 'GMT', 'GMT+0', 'GMT-0', 'GMT0',
  'Greenwich', 'HST', 'Hongkong', 'Iceland', 'Iran', 'Israel', 'Jamaica', 'Japan', 'Kwajalein', 'Libya', 'MET', 'MST', 'MST7MDT', 'NZ',
  'NZ-CHAT', 'Navajo', 'PRC', 'PST8PDT', 'Poland', 'Portugal', 'ROC', 'ROK', 'Singapore', 'Turkey', 'UCT', 'UTC', 'Universal', 'W-SU',
  'WET', 'Zulu',
]);
const ETC = /^(?:GMT(?:[+-]?0|\+(?:[1-9]|1[0-2])|-(?:[1-9]|1[0-4]))?|UCT|UTC|Greenwich|Universal|Zulu)$/;
/** Words of places that are not written with one capital at their start, by what they are in small letters. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  'es', 'of', 'au', 'IN', 'ACT', 'LHI', 'NSW', 'ComodRivadavia', 'DumontDUrville', 'McMurdo', 'DeNoronha', 'EasterIsland', 'BajaNorte', 'BajaSur',
].map(word => [word.toLowerCase(), word]));
/** Some runtimes know them, the database has dropped them. */
const DROPPED: ReadonlySet<string> = new Set(['US/Pacific-New', 'Canada/East-Saskatchewan']);
/** Copies of the database beside it, on some systems. */
const COPY = /^(?:posix|right)\//;
/** Longest part of a name that the API server takes, and its characters. */
const PARTS = /^[A-Za-z0-9._+][A-Za-z0-9._+-]{0,13}(?:\/[A-Za-z0-9._+][A-Za-z0-9._+-]{0,13})*$/;

const CACHE_MAX = 500;
const cache = new Map<string, boolean>();

/** Whether the API server finds a time zone of this name: `Europe/Berlin`, not `europe/berlin`, not `CEST`. */
export function isTimeZone(name: string): boolean {
  let known = cache.get(name);
  if (known === undefined) {
    known = PARTS.test(name) && isKnown(name.replace(COPY, ''));
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(name, known);
  }
  return known;
}

function isKnown(name: string): boolean {
  if (WITHOUT_AREA.has(name)) return true;
  const slash = name.indexOf('/');
  if (slash < 0 || DROPPED.has(name)) return false;
  const area = name.slice(0, slash);
  const place = name.slice(slash + 1);
  if (!AREAS.has(area)) return false;
  return area === 'Etc' ? ETC.test(place) : place.split(/[/_-]/).every(isSpelledRight) && isInDatabase(name);
}

function isSpelledRight(word: string): boolean {
  const small = word.toLowerCase();
  return word === (SPELLINGS.get(small) ?? small.charAt(0).toUpperCase() + small.slice(1));
}

function isInDatabase(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
