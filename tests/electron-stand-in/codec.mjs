/**
 * A structured-clone-like codec to JSON text. The function is also sent to the page as text, so it uses nothing outside itself.
 * `encode` throws DataCloneError for functions, DOM nodes, promises and so on, as Electron does.
 */
export function makeCodec() {
  const toBase64 = (bytes) => {
    let text = ''
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
    return btoa(text)
  }
  const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

  function encode(value) {
    const seen = new Map()
    const out = []
    const put = (item) => {
      if (seen.has(item)) return seen.get(item)
      const index = out.push(null) - 1
      seen.set(item, index)
      out[index] = node(item)
      return index
    }
    const node = (item) => {
      if (item === undefined) return ['undefined']
      if (item === null || typeof item === 'boolean' || typeof item === 'string') return ['json', item]
      if (typeof item === 'number')
        return Number.isFinite(item) && !Object.is(item, -0) ? ['json', item] : ['number', Object.is(item, -0) ? '-0' : String(item)]
      if (typeof item === 'bigint') return ['bigint', String(item)]
      if (item instanceof Date) return ['date', item.getTime()]
      if (item instanceof Map) return ['map', [...item].map(([key, entry]) => [put(key), put(entry)])]
      if (item instanceof Set) return ['set', [...item].map(put)]
      if (item instanceof Error) return ['error', item.name, item.message]
      if (item instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(item))]
      if (ArrayBuffer.isView(item)) return ['bytes', toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength))]
      if (Array.isArray(item)) return ['array', Array.from(item, put)]
      return ['object', Object.keys(item).map((key) => [key, put(item[key])])]
    }
    put(structuredClone(value))
    return JSON.stringify(out)
  }

  function decode(text) {
    const source = JSON.parse(text)
    const done = []
    const keep = (index, made, fill) => {
      done[index] = made
      fill(made)
      return made
    }
    const define = (object, key, value) =>
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
    const get = (index) => {
      if (index in done) return done[index]
      const [kind, data, more] = source[index]
      if (kind === 'array') return keep(index, [], (list) => list.push(...data.map(get)))
      if (kind === 'object') return keep(index, {}, (object) => data.forEach(([key, at]) => define(object, key, get(at))))
      if (kind === 'map') return keep(index, new Map(), (map) => data.forEach(([key, at]) => map.set(get(key), get(at))))
      if (kind === 'set') return keep(index, new Set(), (set) => data.forEach((at) => set.add(get(at))))
      const leaves = {
        undefined: () => undefined,
        json: () => data,
        number: () => Number(data),
        bigint: () => BigInt(data),
        date: () => new Date(data),
        error: () => Object.assign(new Error(more), { name: data }),
        buffer: () => fromBase64(data).buffer,
        bytes: () => fromBase64(data),
      }
      return (done[index] = leaves[kind]())
    }
    return get(0)
  }

  return { encode, decode }
}
