import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { connect } from '../../src/db/connect.ts'
import { events } from '../../src/db/schema.ts'
import { findEverything } from '../../src/organizations/organization.queries.ts'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { loadReference } from '../../src/organizations/reference.operations.ts'
import { findLatestLoad } from '../../src/organizations/store.queries.ts'
import { testDatabase } from '../helpers/database.ts'
import { AREAS, AREA_SUCCESSIONS, BODIES, HEADS, ORGANIZATIONS, SUCCESSIONS, anOrganization } from './a-set.ts'

const { db, url } = await testDatabase(t)
const quiet = () => {}
const stored = async () => await db.transaction(async tx => await findEverything(tx))

interface Contents {
  version: string
  areas?: object[]
  areaSuccessions?: object[]
  organizations?: object[]
  successions?: object[]
}

/** Reference files of a version, in a folder of their own. */
async function aFolder ({ version, areas = AREAS, areaSuccessions = AREA_SUCCESSIONS, organizations = BODIES, successions = [] }: Contents): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thac-reference-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const files = { 'areas.ndjson': areas, 'area-successions.ndjson': areaSuccessions, 'organizations.ndjson': organizations, 'successions.ndjson': successions }
  const described = []
  for (const [file, rows] of Object.entries(files)) {
    const text = rows.map(row => `${JSON.stringify(row)}\n`).join('')
    await writeFile(join(folder, file), text)
    described.push({ file, rows: rows.length, sha256: createHash('sha256').update(text).digest('hex') })
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version, heads: HEADS, files: described }))
  return folder
}

const load = async (contents: Contents) => await loadReference(db, quiet, { folder: await aFolder(contents) })

t.test('of four nodes that load at once one does, and all find the same', async t => {
  const folder = await aFolder({ version: '1' })
  const nodes = [1, 2, 3, 4].map(() => connect(url, { poolSize: 1 }))
  const loads = await Promise.all(nodes.map(node => loadReference(node.db, quiet, { folder })))
  await Promise.all(nodes.map(node => node.close()))
  t.same(loads.filter(({ loaded }) => loaded), [{ loaded: true, organizations: ORGANIZATIONS.length, successions: SUCCESSIONS.length, version: '1' }])
  const { organizations, successions } = await stored()
  t.same([organizations.length, successions.length], [ORGANIZATIONS.length, SUCCESSIONS.length])
  t.ok([...organizations, ...successions].every(({ origin }) => origin === 'reference'))
  t.match((await db.select().from(events)), [{ by: 'system', type: 'reference.loaded', after: { version: '1', organizations: ORGANIZATIONS.length } }])
})

t.test('loading the same files again does nothing at all', async t => {
  const before = await stored()
  t.match(await load({ version: '1' }), { loaded: false, organizations: 0, successions: 0, version: '1' })
  t.same(await stored(), before)
  t.equal((await db.select().from(events)).length, 1)
})

t.test('a newer version changes what is different, adds what is new, and deletes no organization', async t => {
  const organizations = [
    ...BODIES.filter(({ id }) => id !== 'so-khoa-hoc-thai-binh').map(each => each.id === 'bo-van-hoa' ? { ...each, aliases: ['Bộ VHTTDL', 'Bộ Văn Thể Du'] } : each),
    anOrganization({ id: 'bo-moi', name: 'Bộ Mới', kind: 'ministry', level: 'ministry' })
  ]
  t.match(await load({ version: '2', organizations }), { loaded: true, organizations: 2, successions: 0 })
  const ids = (await stored()).organizations.map(({ id }) => id)
  t.ok(ids.includes('bo-moi'))
  t.ok(ids.includes('so-khoa-hoc-thai-binh'), 'a body that the files no longer name stays')
  t.match(await findLatestLoad(db), { version: '2' })
})

t.test('a succession that a newer version no longer states is withdrawn, and the log keeps it', async t => {
  const areaSuccessions = AREA_SUCCESSIONS.filter(({ predecessorId }) => predecessorId !== 'huyen-dong-hung')
  await load({ version: '3', areaSuccessions })
  const { successions } = await stored()
  t.equal(successions.length, areaSuccessions.length * 3)
  t.notOk(successions.some(({ predecessorId }) => predecessorId === 'ubnd-huyen-dong-hung'))
  t.match((await db.select().from(events)).at(-1), { after: { withdrawn: { length: 3 } } })
})

t.test('going back to an earlier version is a load like any other', async t => {
  t.match(await load({ version: '1' }), { loaded: true, organizations: 0, successions: 3 })
  t.match(await load({ version: '1' }), { loaded: false })
})

t.test('422 when the files have a fault: every fault is said, and nothing is changed', async t => {
  const before = await stored()
  const organizations = [...BODIES, { ...anOrganization({ id: 'x', superiorId: 'nobody' }), level: 'province' }]
  await t.rejects(load({ version: '9', organizations }), {
    code: 'organizations-refused', status: 422, faults: [{ at: '/organizations/6/level', code: 'level-unknown' }, { at: '/organizations/6/superiorId', code: 'superior-unknown' }]
  })
  t.same(await stored(), before)
  t.match(await findLatestLoad(db), { version: '1' })
})

t.test('422 when the files contradict what callers recorded: theirs stays, and nothing is loaded', async t => {
  await recordOrganizations(db, {
    organizations: [anOrganization({ id: 'so-rieng', name: 'Sở Du lịch tỉnh Thái Bình', superiorId: 'ubnd-tinh-thai-binh' })], successions: []
  }, { by: 'test', dryRun: false })
  const before = await stored()
  const rival = (id: string) => load({ version: '10', organizations: [...BODIES, anOrganization({ id, name: 'Sở Du lịch tỉnh Thái Bình', superiorId: 'ubnd-tinh-thai-binh' })] })
  await t.rejects(rival('so-rieng'), { code: 'organizations-refused', faults: [{ code: 'id-repeated' }] })
  await t.rejects(rival('so-du-lich-thai-binh'), { code: 'organizations-refused', faults: [{ code: 'name-shared' }] })
  t.same(await stored(), before)
  t.match(await load({ version: '11' }), { loaded: true }, 'files that leave it alone are loaded beside it')
  t.match((await stored()).organizations.find(({ id }) => id === 'so-rieng'), { origin: 'own' })
})

t.test('a file that is not what the manifest says is not read', async t => {
  const folder = await aFolder({ version: '12' })
  await writeFile(join(folder, 'areas.ndjson'), '')
  await t.rejects(loadReference(db, quiet, { folder }), /areas.ndjson is not the file that manifest.json describes/)
  t.match(await findLatestLoad(db), { version: '11' })
})
