import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { recordPlan } from '../plans/plan.operations.ts'
import { planBody } from '../plans/plan.schemas.ts'
import { Problem } from '../problem.ts'
import { PACKAGE_ROOT } from '../program-place.ts'

/** Where the real cascades stand, one file for each source. */
export const EXAMPLES = join(PACKAGE_ROOT, 'examples', 'cascades')

const exampleFile = z.strictObject({
  title: z.string(),
  source: z.string(),
  plans: z.array(z.looseObject({ asIssued: z.boolean().default(false) }))
})

export interface Example {
  file: string
  title: string
  plans: { body: z.infer<typeof planBody>, asIssued: boolean }[]
}

/** The example cascades in the order in which they build on each other. */
export async function readExamples (folder = EXAMPLES): Promise<Example[]> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.json')).sort()
  return await Promise.all(files.map(async file => {
    const { title, plans } = exampleFile.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
    return { file, title, plans: plans.map(({ asIssued, ...body }) => ({ body: planBody.parse(body), asIssued })) }
  }))
}

export interface Recorded {
  recorded: number
  /** Held already, from an earlier run. */
  unchanged: number
}

/** Records the plans of a cascade; running it again changes nothing. */
export async function recordExample (db: Db, { plans }: Example): Promise<Recorded> {
  const counts = { recorded: 0, unchanged: 0 }
  for (const { body, asIssued } of plans) {
    const { citations = [], targets = [], waivers = [], ...fields } = body
    try {
      await recordPlan(db, { ...fields, citations, targets, waivers }, { by: 'demo', asIssued })
      counts.recorded++
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'identity-taken') throw error
      counts.unchanged++
    }
  }
  return counts
}
