import type { Area } from './area.ts'
import { keyOf } from './issuer.ts'
import type { Issuer, IssuerKind } from './issuer.ts'
import { compareDates } from '../partial-date.ts'
import type { PartialDate } from '../partial-date.ts'
import { MERGER, provinceSinceMerger } from './province.ts'
import { fold, spellingKey } from '../text.ts'

/**
 * `functional-superior`: guides the other in its field without commanding it (a ministry and the department of a
 * province: song trùng trực thuộc). `unknown`: the names do not tell.
 */
export type Standing = 'same' | 'superior' | 'functional-superior' | 'not-superior' | 'unknown'

// Smaller stands above. The Prime Minister heads the Government and answers for it, so each may carry out what the other decided.
const CENTRAL_RANK: Partial<Record<IssuerKind, number>> = {
  'party-central': 0, 'national-assembly': 1, 'standing-committee': 2, president: 2, government: 3, 'prime-minister': 3, ministry: 4
}

// Within one place: the Party leads the council, the council stands above the committee, the committee above its departments.
const LOCAL_RANK: Partial<Record<IssuerKind, number>> = {
  'party-committee': 0, 'peoples-council': 1, 'peoples-committee': 2, department: 3, office: 3, 'party-office': 3
}

const TIERS = ['central', 'province', 'district', 'commune']

/**
 * How the first body stands to the second. A province that was merged counts as the one that took it over from the
 * merger on; `on` is the day that is asked about, and without it merged provinces are `unknown` to each other.
 */
export function standing (superior: Issuer, subordinate: Issuer, on?: PartialDate): Standing {
  if (keyOf(superior) === keyOf(subordinate)) return 'same'
  if (TIERS.indexOf(superior.tier) > TIERS.indexOf(subordinate.tier)) return 'not-superior'
  if (superior.tier === 'central') return subordinate.tier === 'central' ? centralStanding(superior, subordinate) : overPlaces(superior, subordinate)
  switch (containment(superior, subordinate, on)) {
    case 'outside': return 'not-superior'
    case 'unknown': return 'unknown'
    case 'inside': return localStanding(superior, subordinate)
  }
}

function centralStanding (superior: Issuer, subordinate: Issuer): Standing {
  const above = CENTRAL_RANK[superior.kind]
  const below = CENTRAL_RANK[subordinate.kind]
  if (above === undefined) return 'unknown'
  if (below === undefined) return superior.kind === 'ministry' ? 'unknown' : 'superior'
  if (above < below) return 'superior'
  if (above > below) return 'not-superior'
  return above === CENTRAL_RANK.government ? 'superior' : 'unknown'
}

/** A central body over one of a place. */
function overPlaces (superior: Issuer, subordinate: Issuer): Standing {
  const rank = CENTRAL_RANK[superior.kind]
  if (superior.kind === 'ministry') {
    // A circular binds every People's Committee; whether it reaches a department of another field nobody can tell by name.
    if (subordinate.kind === 'peoples-committee' || subordinate.kind === 'peoples-council') return 'functional-superior'
    return subordinate.field !== undefined && subordinate.field === superior.field ? 'functional-superior' : 'unknown'
  }
  if (rank !== undefined) return 'superior'
  return superior.kind === subordinate.kind && superior.field === subordinate.field ? 'superior' : 'unknown'
}

/** Two bodies of which the second lies in the place of the first. */
function localStanding (superior: Issuer, subordinate: Issuer): Standing {
  const above = LOCAL_RANK[superior.kind]
  const below = LOCAL_RANK[subordinate.kind]
  const sameTier = superior.tier === subordinate.tier
  if (superior.kind === 'party-committee') return 'superior'
  if (above === undefined || below === undefined) return superior.kind === subordinate.kind && superior.field === subordinate.field ? 'superior' : 'unknown'
  if (superior.kind === 'department' || superior.kind === 'party-office') {
    if (sameTier) return 'not-superior'
    return superior.field !== undefined && superior.field === subordinate.field ? 'functional-superior' : 'unknown'
  }
  if (superior.kind === 'office') return sameTier ? 'not-superior' : 'unknown'
  // Councils and committees of the State stand over the State bodies of the places within theirs, never over the Party's.
  if (subordinate.kind === 'party-committee' || subordinate.kind === 'party-office') return 'not-superior'
  return sameTier && above >= below ? 'not-superior' : 'superior'
}

function containment (superior: Issuer, subordinate: Issuer, on: PartialDate | undefined): 'inside' | 'outside' | 'unknown' {
  let result: 'inside' | 'unknown' = 'inside'
  for (const area of superior.areas) {
    const other = subordinate.areas.find(({ tier }) => tier === area.tier)
    const same = other === undefined ? 'unknown' : samePlace(area, other, on)
    if (same === 'no') return 'outside'
    if (same === 'unknown') result = 'unknown'
  }
  // Two districts or communes of one name lie in many provinces.
  const province = superior.areas.some(({ tier }) => tier === 'province')
  return province || !subordinate.areas.some(({ tier }) => tier === 'province') ? result : 'unknown'
}

function samePlace (area: Area, other: Area, on: PartialDate | undefined): 'yes' | 'no' | 'unknown' {
  if (area.tier !== 'province') {
    const [one = '', another = ''] = [area.name, other.name]
    if (fold(one) !== fold(another)) return 'no'
    // A town may have become a city; a district and a town may also bear one name side by side.
    return area.unit === other.unit && spellingKey(one) === spellingKey(another) ? 'yes' : 'unknown'
  }
  const [one = '', another = ''] = [area.name, other.name]
  if (one === another) return 'yes'
  if (provinceSinceMerger(one) !== provinceSinceMerger(another)) return 'no'
  const when = on === undefined ? 'unclear' : compareDates(on, MERGER)
  return when === 'before' ? 'no' : when === 'unclear' ? 'unknown' : 'yes'
}
