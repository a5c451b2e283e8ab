import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Reference, expandReference } from '../domain/organization/organization-area.ts'
import type { Organization, Succession } from '../domain/organization/organization.ts'
import { PACKAGE_ROOT } from '../program-place.ts'

/** The reference data of this version of the package. */
export const REFERENCE = join(PACKAGE_ROOT, 'reference')

interface Manifest {
  version: string
  heads: Reference['heads']
  files: { file: string, rows: number, sha256: string }[]
}

export interface ReferenceFiles {
  version: string
  /** Of the manifest, hex; the manifest holds those of the files. */
  sha256: string
  read: () => Promise<{ organizations: Organization[], successions: Succession[] }>
}

/** Opens the manifest; the other files are read when they are needed. Throws when one is not what the manifest says. */
export async function openReference (folder = REFERENCE): Promise<ReferenceFiles> {
  const text = await readFile(join(folder, 'manifest.json'))
  const manifest = JSON.parse(text.toString()) as Manifest
  const rowsOf = async <Row>(file: string): Promise<Row[]> => {
    const bytes = await readFile(join(folder, file))
    const expected = manifest.files.find(each => each.file === file)?.sha256
    if (sha256Of(bytes) !== expected) {
      throw new Error(`${join(folder, file)} is not the file that manifest.json describes: install the package again, or run npm run reference.`)
    }
    return bytes.toString().split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Row)
  }
  return {
    version: manifest.version,
    sha256: sha256Of(text),
    read: async () => expandReference({
      heads: manifest.heads,
      areas: await rowsOf('areas.ndjson'),
      areaSuccessions: await rowsOf('area-successions.ndjson'),
      organizations: await rowsOf('organizations.ndjson'),
      successions: await rowsOf('successions.ndjson')
    })
  }
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
