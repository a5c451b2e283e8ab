import fc from 'fast-check'
import t from 'tap'
import { remembered, rememberedOf, rememberedOfLatest, rememberedOfPair } from '../../src/domain/remembered.ts'

const places = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 40 })
const things = [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }]

t.test('an answer that is remembered is the one that was given, also where there is none and where older ones are forgotten', async () => {
  const read = (text: string): string | undefined => text === 'a' ? undefined : text.toUpperCase()
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'long')), fc.integer({ min: 1, max: 3 }), (texts, most) => {
    const ask = remembered(read, { most, longest: 3 })
    return texts.every(text => ask(text) === read(text))
  }))
})

t.test('what is remembered of two values is never the answer of two others, whichever were asked about in between', async () => {
  const read = (left: { name: string }, right: { name: string }) => left.name + right.name
  fc.assert(fc.property(places, asked => {
    const ways = [rememberedOfLatest(read), rememberedOfPair(read)]
    return asked.every(([left, right]) => ways.every(ask => ask(things[left]!, things[right]!) === read(things[left]!, things[right]!)))
  }))
})

t.test('a question that comes again is not read again', async t => {
  let reads = 0
  const read = () => ++reads
  const [one, other] = things as [object, object]
  const [text, single, latest] = [remembered(read), rememberedOf(read), rememberedOfLatest(read)]
  t.equal(text('a'), text('a'))
  t.equal(single(one), single(one))
  t.equal(latest(one, one), latest(one, one))
  const first = latest(one, other)
  t.equal(latest(one, one), latest(one, one), 'another right value has not taken its place')
  t.equal(latest(one, other), first)
  t.equal(reads, 4)
})
