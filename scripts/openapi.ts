import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'

/** The OpenAPI document that the routes make, as text ready to be committed. Needs no database. */
export async function openApiText (): Promise<string> {
  const { db, close } = connect('postgres://nobody@localhost/none', { poolSize: 1 })
  const app = await buildApp({ db, config: readConfig({ LOG_LEVEL: 'silent' }) })
  await app.ready()
  const text = JSON.stringify(app.swagger(), undefined, 2) + '\n'
  await app.close()
  await close()
  return text
}
