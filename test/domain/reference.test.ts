import fc from 'fast-check'
import t from 'tap'
import type { Citation } from '../../src/domain/citation.ts'
import { completed } from '../../src/domain/completion.ts'
import { identityOf } from '../../src/domain/identity.ts'
import { issuerKey } from '../../src/domain/issuer/issuer.ts'
import { readCode } from '../../src/domain/code/code.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { type Candidate, mayBe, referenceOf, resolve } from '../../src/domain/reference.ts'

const cite = (named: Omit<Citation, 'relation'>, citingIssuer?: string) => referenceOf({ relation: 'implements', ...named }, citingIssuer)

/** The plan as a register holds it. */
function held (named: Partial<Plan>, stub = false): Candidate {
  const plan = completed({ id: `${named.code} ${named.issuer} ${named.issuedOn}`, citations: [], targets: [], ...named })
  return {
    id: plan.id,
    stub,
    ...(plan.code !== undefined && { canonicalCode: readCode(plan.code).code!.canonical }),
    ...(plan.issuer !== undefined && { issuerKey: issuerKey(plan.issuer) }),
    ...(identityOf(plan) !== undefined && { identity: identityOf(plan)! }),
    ...(plan.type !== undefined && { type: plan.type }),
    ...(plan.issuedOn !== undefined && { issuedOn: plan.issuedOn })
  }
}

const POVERTY_PLAN = held({ code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2021-10-12' })
const EDUCATION_STRATEGY = held({ code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2024-12-31' })
const THAI_BINH = held({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' })
const NAM_DINH = held({ code: '119/KH-UBND', issuer: 'UBND tỉnh Nam Định', issuedOn: '2022-09-07' })

t.test('a reference describes the plan as far as the citation does, type and level with it', async t => {
  t.strictSame(cite({ code: '666/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', title: 'Phong trào thi đua' }).named, {
    code: '666/QĐ-TTg', title: 'Phong trào thi đua', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02', citations: [], targets: [], type: 'decision', level: 'national'
  })
})

t.test('a relative issuer is made absolute against the citing issuer', async t => {
  t.equal(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh' }, 'Sở Y tế tỉnh Thái Bình').named.issuer, 'UBND tỉnh Thái Bình')
  t.equal(cite({ code: '22-NQ/TU', issuer: 'Tỉnh ủy' }, 'UBND huyện Tiên Phước, tỉnh Quảng Nam').named.issuer, 'Tỉnh ủy Quảng Nam')
})

t.test('a relative issuer stays as written where the citing one is not known, and makes no identity', async t => {
  const reference = cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022-09-07' })
  t.equal(reference.named.issuer, 'UBND tỉnh')
  t.equal(reference.identity, undefined)
})

t.test('an issuer left out is taken from a symbol that one body alone writes, and never from UBND', async t => {
  t.equal(cite({ code: '1705/QĐ-TTg' }).named.issuer, 'Thủ tướng Chính phủ')
  t.equal(cite({ code: '24/2021/QH15' }).named.issuer, 'Quốc hội')
  t.equal(cite({ code: '119/KH-UBND' }, 'UBND tỉnh Thái Bình').named.issuer, undefined)
})

t.test('a full citation names the one plan', async t => {
  t.match(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022-09-07' }, 'Sở Y tế tỉnh Thái Bình'), [NAM_DINH, THAI_BINH]),
    { resolution: 'resolved', matches: [THAI_BINH] })
})

t.test('two provinces with one code stay apart, and without the issuer both are candidates', async t => {
  t.strictSame(resolve(cite({ code: '119/KH-UBND', issuedOn: '2022-09-07' }), [NAM_DINH, THAI_BINH]), { resolution: 'ambiguous', matches: [NAM_DINH, THAI_BINH] })
})

t.test('without an issuer even the only plan of that code stays ambiguous: every province has one', async t => {
  t.strictSame(resolve(cite({ code: '119/KH-UBND', issuedOn: '2022-09-07' }), [THAI_BINH]), { resolution: 'ambiguous', matches: [THAI_BINH] })
})

t.test('1705/QĐ-TTg without a year may be the plan of 2021 or the strategy of 2024, with a year it is one of them', async t => {
  const both = [POVERTY_PLAN, EDUCATION_STRATEGY]
  t.strictSame(resolve(cite({ code: '1705/QĐ-TTg' }), both), { resolution: 'ambiguous', matches: both })
  t.strictSame(resolve(cite({ code: '1705/QĐ-TTg', issuedOn: '2021' }), both), { resolution: 'resolved', matches: [POVERTY_PLAN] })
  t.strictSame(resolve(cite({ code: '1705/QĐ-TTg', issuedOn: '2024-12' }), both), { resolution: 'resolved', matches: [EDUCATION_STRATEGY] })
})

t.test('a day written wrongly still names the plan of that year', async t => {
  t.match(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-07-09' }), [THAI_BINH]), { resolution: 'resolved' })
})

t.test('another year, another type or another issuer is another plan', async t => {
  t.equal(mayBe(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2023' }), THAI_BINH), false)
  t.equal(mayBe(cite({ code: '119/QĐ-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022' }), THAI_BINH), false)
  t.equal(mayBe(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Nam Định', issuedOn: '2022' }), THAI_BINH), false)
})

t.test('the printed form does not matter: spaces, zeros and the Party hyphen written as a slash', async t => {
  const resolution = held({ code: '22-NQ/TU', issuer: 'Tỉnh ủy Kiên Giang', issuedOn: '2022' })
  t.match(resolve(cite({ code: '22/NQ-TU', issuer: 'Tỉnh ủy Kiên Giang', issuedOn: '2022' }), [resolution]), { resolution: 'resolved' })
  t.match(resolve(cite({ code: '0119 / KH- UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022' }), [THAI_BINH]), { resolution: 'resolved' })
})

t.test('the year inside a normative code is enough', async t => {
  const decision = held({ code: '24/2021/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2021-07-16' })
  t.match(resolve(cite({ code: '24/2021/QĐ-TTg' }), [decision]), { resolution: 'resolved' })
  t.match(resolve(cite({ code: '24/2021/QH15' }), [decision]), { resolution: 'stub' }, 'number and year are shared with the resolution of the National Assembly')
})

t.test('a plan that nobody holds becomes a stub if it can be told apart, and stays unidentified if not', async t => {
  t.strictSame(resolve(cite({ code: '666/QĐ-TTg', issuedOn: '2022' }), []), { resolution: 'stub', matches: [] })
  t.strictSame(resolve(cite({ code: '119/KH-UBND' }), []), { resolution: 'unidentified', matches: [] })
  t.strictSame(resolve(cite({ title: 'văn bản chỉ đạo' }), []), { resolution: 'unidentified', matches: [] })
})

t.test('a plan known only as a stub resolves to that stub', async t => {
  const stub = held({ code: '666/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022' }, true)
  t.strictSame(resolve(cite({ code: '666/QĐ-TTg', issuedOn: '2022-06-02' }), [stub]), { resolution: 'stub', matches: [stub] })
})

t.test('the plan of the year named is preferred to one whose year nobody knows', async t => {
  const undated = held({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình' })
  t.strictSame(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022' }), [undated, THAI_BINH]), { resolution: 'resolved', matches: [THAI_BINH] })
})

t.test('without a year a plan whose year nobody knows is no better than one of a known year', async t => {
  const undated = held({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình' })
  t.match(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình' }), [undated, THAI_BINH]), { resolution: 'ambiguous' })
})

t.test('the plan that is certainly meant is preferred to one whose issuer nobody knows', async t => {
  const known = held({ code: '24/2021/QĐ-TTg', issuer: 'Thủ tướng Chính phủ' })
  t.strictSame(resolve(cite({ code: '24/2021/QĐ-TTg' }), [held({ code: '24/2021/QĐ-TTg' }), known]), { resolution: 'resolved', matches: [known] })
})

t.test('where the code names no type, the types that are known tell two plans apart', async t => {
  const resolution = held({ code: '30a', type: 'resolution', issuer: 'Chính phủ', issuedOn: '2008-12-27' })
  const cited = cite({ code: '30a', issuer: 'Chính phủ', issuedOn: '2008-12-27' })
  t.equal(mayBe(cited, resolution), true)
  t.equal(mayBe({ ...cited, named: { ...cited.named, type: 'programme' } }, resolution), false)
})

t.test('a plan without a number is named by issuer, year and title, and by nothing less', async t => {
  const unnumbered = held({ title: 'Kế hoạch thi đua', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2022' })
  t.match(resolve(cite({ title: 'KẾ HOẠCH thi đua', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2022' }), [unnumbered]), { resolution: 'resolved' })
  t.match(resolve(cite({ title: 'Kế hoạch thi đua', issuer: 'UBND tỉnh Sóc Trăng', issuedOn: '2023' }), [unnumbered]), { resolution: 'stub', matches: [] })
})

t.test('a plan cited by all that it prints is always found, and the order of the register does not matter', async () => {
  const register = [POVERTY_PLAN, EDUCATION_STRATEGY, THAI_BINH, NAM_DINH]
  const printed = [
    { code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2021-10-12' }, { code: '1705/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2024-12-31' },
    { code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }, { code: '119/KH-UBND', issuer: 'UBND tỉnh Nam Định', issuedOn: '2022-09-07' }
  ]
  fc.assert(fc.property(fc.nat(printed.length - 1), fc.shuffledSubarray(register, { minLength: register.length }), (index, shuffled) => {
    const { resolution, matches } = resolve(cite(printed[index]!), shuffled)
    return resolution === 'resolved' && matches.length === 1 && matches[0] === register[index]
  }))
})

t.test('a plan whose issuer nobody knows is never taken for the one that is cited', async t => {
  const nobody = held({ code: '119/KH-UBND', issuedOn: '2022-09-07' })
  t.match(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }), [nobody]), { resolution: 'ambiguous', matches: [nobody] })
})

t.test('a relative issuer of nobody in particular leaves every province possible', async t => {
  t.match(resolve(cite({ code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022' }), [THAI_BINH, NAM_DINH]), { resolution: 'ambiguous', matches: [THAI_BINH, NAM_DINH] })
})

t.test('of two bodies of one name, each is told by its organization', async t => {
  const plan = { code: '119/KH-UBND', issuer: 'UBND tỉnh Hưng Yên', issuedOn: '2025' }
  const before = { ...held(plan), issuerId: 'ubnd-tinh-hung-yen' }
  const since = { ...held(plan), id: 'since', issuerId: 'ubnd-tinh-hung-yen-2025' }
  const cited = referenceOf({ relation: 'implements', ...plan }, undefined, { id: 'ubnd-tinh-hung-yen-2025', name: 'UBND tỉnh Hưng Yên' })
  t.strictSame([before, since].filter(candidate => mayBe(cited, candidate)), [since])
})
