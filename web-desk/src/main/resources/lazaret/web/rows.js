// @ts-check
// Which rows of a difference are in the page: at most about ROWS, since each takes 30 KB there. The
// rows of blocks far away leave the page, and neighboring empty blocks are replaced by one. Rows
// that left last are kept outside of the page, where they have no boxes.

import { all, focusOnly, one } from './desk.js'
import { bring } from './parts.js'

const ROWS = 1200
const MAX_KEPT = 1500
const MAX_MERGED = 100

/** The height of a row that was not in the page so far, in pixels. */
const ROW_HEIGHT = 20

const BLOCKS = '#code .diff > tbody[id]'

/** The link to the next files and hunks. */
export const FURTHER = '.further a[data-part]'

/** The blocks within two screens of the window. @type {Set<Element>} */
const near = new Set()

/** The other blocks, once the browser reported their place. @type {Set<Element>} */
const far = new Set()

/** The ids of the rows of emptied blocks, by the ids of these. @type {Map<string, string>} */
const emptied = new Map()

/** The rows of empty blocks, those that left the page first in front. @type {Map<any, any[]>} */
const keptRows = new Map()

/**
 * What is kept of an empty block that is not in the page.
 * @typedef {{id: string, className: string, height: number, data: DOMStringMap}} EmptyBlock
 */

/** The empty blocks by the one that replaces them. @type {Map<any, EmptyBlock[]>} */
const merged = new Map()

const watch = new IntersectionObserver(meet, { rootMargin: '200% 0px' })

/** Fetches the next hunks early, so that a person seldom waits for them. */
const ahead = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) bring(target)
}, { rootMargin: '1500% 0px' })

/** Watches what came into the page. */
export function watchAll() {
  for (const each of all(BLOCKS)) watch.observe(each)
  for (const each of all(FURTHER)) ahead.observe(each)
}

/** @param {IntersectionObserverEntry[]} entries */
function meet(entries) {
  for (const { target, isIntersecting } of entries) {
    near.delete(target)
    far.delete(target)
    if (!target.isConnected) continue
    if (!isIntersecting) far.add(target)
    else if (merged.has(target)) unmerge(target)
    else {
      near.add(target)
      if (target.matches('.away')) fill(target)
    }
  }
  keepPlace()
  trim()
  merge()
}

/**
 * Notes the query of the part that a hunk begins.
 * @param {any} hunk
 * @param {string} query
 */
export function begin(hunk, query) {
  if (hunk) hunk.dataset.from = `${query}#${hunk.id}`
}

/** Sets the address to that of the part in view, which a reload shows then. */
function keepPlace() {
  const above = all('[data-from]').filter(each => each.getBoundingClientRect().top < innerHeight)
  const from = above.at(-1)?.dataset.from
  if (!from || from.split('#')[0] === location.search) return
  history.scrollRestoration = 'manual'
  history.replaceState(null, '', location.pathname + from)
}

/**
 * Returns whether an element has the focus, itself or inside. A part that comes moves the focus
 * only if the person is still there.
 * @param {Element} element
 */
export function hasFocus(element) {
  return element.contains(document.activeElement)
}

/** @param {any[]} blocks */
function count(blocks) {
  return blocks.reduce((sum, each) => sum + each.childElementCount, 0)
}

/** Returns the blocks whose rows are in the page. */
function present() {
  return all(`${BLOCKS}:not(.away)`)
}

/**
 * Takes the rows out of a part that does not fit into the page.
 * @param {Element} main the part, before its blocks come into the page
 */
export function makeFit(main) {
  const blocks = all('tbody[id]', main)
  if (count(blocks) + count(present()) <= ROWS) return
  for (const each of blocks) empty(each, each.childElementCount * ROW_HEIGHT)
}

/** Empties blocks far away until at most `ROWS` rows are in the page. */
function trim() {
  const blocks = present()
  let rows = count(blocks)
  if (rows <= ROWS) return
  const spare = blocks.filter(isSpare).map(block => ({ block, box: block.getBoundingClientRect() }))
  spare.sort((a, b) => Math.abs(b.box.top) - Math.abs(a.box.top))
  for (const { block, box } of spare) {
    if (rows <= ROWS) return
    rows -= block.childElementCount
    empty(block, box.height)
  }
}

/**
 * Returns whether rows can leave the page: far away, without focus, form or control that waits.
 * @param {Element} block
 */
function isSpare(block) {
  return !near.has(block) && !hasFocus(block) && !one('form, [aria-busy]', block)
}

/**
 * Takes the rows of a block out of the page; a link in their place brings them back. The ids of the
 * rows lead to the block, and the walk through the findings stops at it.
 * @param {any} block
 * @param {number} height in pixels
 */
function empty(block, height) {
  const rows = all(':scope > tr', block)
  emptied.set(block.id, ` ${rows.map(each => each.id).join(' ')} `)
  keepRows(block, rows)
  block.classList.toggle('findings', one('.finding', block) !== null)
  block.style.height = `${height}px`
  block.classList.add('away')
  link(block)
}

/**
 * Keeps rows outside of the page, and drops those that left first if there are too many.
 * @param {any} block
 * @param {any[]} rows
 */
function keepRows(block, rows) {
  keptRows.delete(block)
  keptRows.set(block, rows)
  let size = 0
  for (const each of keptRows.values()) size += each.length
  for (const [first, { length }] of keptRows) {
    if (size <= MAX_KEPT) return
    size -= length
    keptRows.delete(first)
  }
}

/**
 * Brings the rows of an empty block back, or the blocks that it replaces, if that needs no request.
 * @param {any} block
 * @returns {boolean} whether something came back
 */
export function restore(block) {
  if (merged.has(block)) {
    unmerge(block)
    return true
  }
  const rows = keptRows.get(block)
  if (!rows || !block.matches('.away')) return false
  keptRows.delete(block)
  const held = hasFocus(block)
  block.classList.remove('away', 'findings')
  block.style.removeProperty('height')
  block.replaceChildren(...rows)
  if (held) focusOnly(block)
  return true
}

/**
 * Brings the rows of an empty block back, the kept ones or those of the server.
 * @param {any} block
 * @returns {true | Promise<boolean>} whether they came
 */
export function fill(block) {
  return restore(block) || bring(one('a', block))
}

/** @param {any} block an emptied one */
function link(block) {
  const back = document.createElement('a')
  back.href = `#${block.id}`
  back.dataset.part = one('#code').dataset.hunks + encodeURIComponent(block.id)
  back.dataset.place = 'again'
  back.textContent = 'Load these lines'
  const row = document.createElement('tr')
  row.append(document.createElement('td'))
  row.firstElementChild?.append(back)
  block.replaceChildren(row)
}

/** Replaces neighboring blocks without rows, far away, by one, at most `MAX_MERGED` together. */
function merge() {
  for (const table of all('#code .diff')) {
    /** @type {any[]} */
    let run = []
    let size = 0
    for (const block of [...all(':scope > tbody', table), null]) {
      const more = merged.get(block)?.length ?? 1
      const joins = far.has(block) && isEmpty(block)
      if (run.length && !(joins && size + more <= MAX_MERGED)) {
        replace(run)
        run = []
        size = 0
      }
      if (joins) {
        run.push(block)
        size += more
      }
    }
  }
}

/** @param {any} block */
function isEmpty(block) {
  const isBusy = hasFocus(block) || one('[aria-busy]', block)
  return block.matches('.away') && !keptRows.has(block) && !isBusy
}

/**
 * Replaces empty blocks by one of the same height, at which the walks through hunks, unseen hunks
 * and findings stop if they would stop at one of the blocks.
 * @param {any[]} run neighbors, of which some are merged themselves
 */
function replace(run) {
  if (run.length < 2) return
  const blocks = run.flatMap(each => merged.get(each) ?? [describe(each)])
  const place = document.createElement('tbody')
  place.className = 'hunk away merged'
  place.classList.toggle('findings', blocks.some(each => each.className.includes('findings')))
  place.classList.toggle('done', !blocks.some(isUnseen))
  place.dataset.must = 'yes'
  place.style.height = `${blocks.reduce((sum, each) => sum + each.height, 0)}px`
  const from = blocks.findLast(each => each.data.from)?.data.from
  if (from) place.dataset.from = from
  run[0].before(place)
  for (const each of run) {
    forget(each)
    each.remove()
  }
  merged.set(place, blocks)
  watch.observe(place)
}

/**
 * @param {any} block
 * @returns {EmptyBlock}
 */
function describe(block) {
  const { id, className, dataset, style } = block
  return { id, className, height: parseFloat(style.height), data: { ...dataset } }
}

/** @param {EmptyBlock} block */
function isUnseen({ className, data }) {
  return data.must && !className.includes('done')
}

/** @param {any} block one that leaves the page */
function forget(block) {
  watch.unobserve(block)
  far.delete(block)
  merged.delete(block)
}

/**
 * Brings the empty blocks back that a merged block replaces.
 * @param {any} place
 */
function unmerge(place) {
  const blocks = (merged.get(place) ?? []).map(blockOf)
  forget(place)
  place.replaceWith(...blocks)
  for (const each of blocks) watch.observe(each)
}

/** @param {EmptyBlock} kept */
function blockOf({ id, className, height, data }) {
  const block = document.createElement('tbody')
  Object.assign(block, { id, className })
  Object.assign(block.dataset, data)
  block.style.height = `${height}px`
  if (block.matches('.hunk')) block.tabIndex = -1
  link(block)
  return block
}

/**
 * Returns the emptied block with an id or a row of that id, in the page.
 * @param {string} id
 * @returns {any} undefined if no such block is empty
 */
export function emptiedBlock(id) {
  const isIt = ([name, rows]) => name === id || rows.includes(` ${id} `)
  const name = [...emptied].find(isIt)?.[0]
  for (const [place, blocks] of merged) if (blocks.some(each => each.id === name)) unmerge(place)
  const block = name && document.getElementById(name)
  return block?.matches('.away') ? block : undefined
}
