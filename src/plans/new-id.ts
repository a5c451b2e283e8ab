import { webcrypto } from 'node:crypto'
import { V7Generator } from 'uuidv7'

/** The package asks the system for eight numbers at a time, which takes longer than all else about an id. */
const numbers = new Uint32Array(2_048)
let used = numbers.length

const generator = new V7Generator({
  nextUint32 () {
    if (used === numbers.length) {
      webcrypto.getRandomValues(numbers)
      used = 0
    }
    return numbers[used++]!
  }
})

/** An id for a plan: a UUID of version 7, greater than those before it of this process. */
export const newPlanId = (): string => generator.generate().toString()
