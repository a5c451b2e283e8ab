import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip; what it declares can differ from what it holds. */
export interface ZipEntry {
  name: string
  data: string | Buffer
  size?: number
  sum?: number
  flags?: number
  method?: number
  /** Already compressed. */
  packed?: Buffer
}

/** A zip written by hand, so that it can lie. */
export function zipOf (entries: ZipEntry[], { zip64 = false, count = entries.length }: { zip64?: boolean, count?: number } = {}): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, data, method = 8, flags = 0x800, ...declared } of entries) {
    const bytes = Buffer.from(data)
    const packed = declared.packed ?? (method === 8 ? deflateRawSync(bytes) : bytes)
    const size = declared.size ?? bytes.length
    const sum = declared.sum ?? crc32(bytes)
    const fileName = Buffer.from(name)
    const extra = zip64 ? zip64Extra(size, packed.length, offset) : Buffer.alloc(0)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(45, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(sum, 10)
    common.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 14)
    common.writeUInt32LE(zip64 ? 0xffffffff : size, 18)
    common.writeUInt16LE(fileName.length, 22)
    common.writeUInt16LE(extra.length, 24)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(zip64 ? 0xffffffff : offset, 10)
    centrals.push(Buffer.from('PK\x01\x02\x2d\x00', 'latin1'), common, tail, fileName, extra)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, fileName, extra, packed])
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(zip64 ? 0xffffffff : directory.length, 12)
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16)
  return Buffer.concat([...locals, directory, ...zip64 ? [zip64End(count, directory.length, offset)] : [], end])
}

function zip64Extra (size: number, packed: number, offset: number): Buffer {
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(packed), 12)
  extra.writeBigUInt64LE(BigInt(offset), 20)
  return extra
}

function zip64End (count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(76)
  end.write('PK\x06\x06', 'latin1')
  end.writeBigUInt64LE(44n, 4)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  end.write('PK\x06\x07', 56, 'latin1')
  end.writeBigUInt64LE(BigInt(offset + size), 64)
  end.writeUInt32LE(1, 72)
  return end
}
