import { type Fault, malformedDate } from './organization-fault.ts'
import { type Organization, type Succession, SUCCESSION_KINDS, dayAfter } from './organization.ts'
import { firstDay, isPartialDate, lastDay } from '../partial-date.ts'

/** Every fault of the successions: unknown ends, the same one twice, a gap, an overlap, a circle. */
export function * faultsOfSuccessions (successions: readonly Succession[], byId: ReadonlyMap<string, Organization>): Generator<Fault> {
  const met = new Set<string>()
  for (const [index, succession] of successions.entries()) {
    const at = `/successions/${index}`
    yield * faultsOfOne(succession, at, byId)
    const pair = `${succession.predecessorId} ${succession.successorId}`
    if (met.has(pair)) {
      yield {
        at,
        code: 'succession-repeated',
        message: {
          vi: `Việc "${succession.successorId}" kế tục "${succession.predecessorId}" đã ghi ở trên. Hãy bỏ dòng lặp.`,
          en: `That "${succession.successorId}" succeeds "${succession.predecessorId}" is stated above. Remove the repetition.`
        }
      }
    }
    met.add(pair)
  }
  yield * faultsOfCycles(successions)
}

function * faultsOfOne (succession: Succession, at: string, byId: ReadonlyMap<string, Organization>): Generator<Fault> {
  const { predecessorId, successorId, on, kind } = succession
  const predecessor = byId.get(predecessorId)
  const successor = byId.get(successorId)
  if (!SUCCESSION_KINDS.includes(kind)) {
    yield {
      at: `${at}/kind`,
      code: 'succession-kind-unknown',
      message: {
        vi: `"${kind}" không phải là hình thức kế tục được biết đến. Hãy dùng một trong: ${SUCCESSION_KINDS.join(', ')}.`,
        en: `"${kind}" is not a known kind of succession. Use one of: ${SUCCESSION_KINDS.join(', ')}.`
      }
    }
  }
  for (const [field, id, found] of [['predecessorId', predecessorId, predecessor], ['successorId', successorId, successor]] as const) {
    if (found !== undefined) continue
    yield {
      at: `${at}/${field}`,
      code: 'succession-organization-unknown',
      message: {
        vi: `"${id}" không có trong danh sách tổ chức. Hãy thêm tổ chức đó hoặc sửa mã.`,
        en: `"${id}" is not among the organizations. Add that organization or correct the id.`
      }
    }
  }
  if (!isPartialDate(on)) yield malformedDate(`${at}/on`, successor?.name ?? successorId, on)
  else if (predecessor !== undefined && successor !== undefined) yield * faultsOfDates(succession, at, predecessor, successor)
}

function * faultsOfDates ({ on, kind }: Succession, at: string, predecessor: Organization, successor: Organization): Generator<Fault> {
  const ended = predecessor.validTo
  const names = { vi: `"${predecessor.name}" sang "${successor.name}"`, en: `"${predecessor.name}" to "${successor.name}"` }
  const gap = (vi: string, en: string): Fault => ({
    at: `${at}/on`,
    code: 'succession-gap',
    message: {
      vi: `Kế tục từ ${names.vi} ngày ${on} bị đứt đoạn: ${vi}. Hãy sửa để ngày kế tục là ngày liền sau ngày kết thúc.`,
      en: `The succession from ${names.en} on ${on} leaves a gap: ${en}. Correct the dates so that it takes effect on the day after the end.`
    }
  })
  if (ended !== undefined && firstDay(on) > dayAfter(lastDay(ended))) {
    yield gap(`bên trước đã kết thúc ngày ${ended}`, `the predecessor had ended on ${ended}`)
  }
  if (successor.validFrom !== undefined && firstDay(successor.validFrom) > lastDay(on)) {
    yield gap(`bên sau chỉ bắt đầu ngày ${successor.validFrom}`, `the successor begins only on ${successor.validFrom}`)
  }
  if (successor.validTo !== undefined && lastDay(successor.validTo) < firstDay(on)) {
    yield gap(`bên sau đã kết thúc ngày ${successor.validTo}`, `the successor had ended on ${successor.validTo}`)
  }
  if (kind !== 'split' && (ended === undefined || firstDay(ended) >= lastDay(on))) {
    yield {
      at: `${at}/on`,
      code: 'succession-overlap',
      message: {
        vi: `Kế tục từ ${names.vi} ngày ${on}, nhưng bên trước ${ended === undefined ? 'chưa có ngày kết thúc' : `còn tồn tại đến ${ended}`}. Hãy ghi ngày kết thúc trước ngày kế tục.`,
        en: `The succession from ${names.en} takes effect on ${on}, but the predecessor ${ended === undefined ? 'has no last day' : `lives until ${ended}`}. Give it a last day before that.`
      }
    }
  }
}

/** One fault for each succession that closes a circle, with the circle. Iterative: a chain may be as long as the list. */
function * faultsOfCycles (successions: readonly Succession[]): Generator<Fault> {
  const outgoing = new Map<string, { to: string, index: number }[]>()
  for (const [index, { predecessorId, successorId }] of successions.entries()) {
    const edges = outgoing.get(predecessorId)
    if (edges === undefined) outgoing.set(predecessorId, [{ to: successorId, index }])
    else edges.push({ to: successorId, index })
  }
  const done = new Set<string>()
  for (const start of outgoing.keys()) {
    if (done.has(start)) continue
    const path = [{ id: start, next: 0 }]
    const onPath = new Set([start])
    while (path.length > 0) {
      const top = path.at(-1)!
      const edge = outgoing.get(top.id)?.[top.next++]
      if (edge === undefined) {
        path.pop()
        onPath.delete(top.id)
        done.add(top.id)
      } else if (onPath.has(edge.to)) {
        const ids = path.map(each => each.id)
        const circle = [...ids.slice(ids.indexOf(edge.to)), edge.to].join(' → ')
        yield {
          at: `/successions/${edge.index}`,
          code: 'succession-cycle',
          message: {
            vi: `Quan hệ kế tục đi thành vòng: ${circle}. Hãy bỏ một bước trong vòng này.`,
            en: `The successions run in a circle: ${circle}. Remove one step of it.`
          }
        }
      } else if (!done.has(edge.to)) {
        path.push({ id: edge.to, next: 0 })
        onPath.add(edge.to)
      }
    }
  }
}
