// @ts-check
// What a page shows in colors, and whether the colors are its only form.

/**
 * The parts of a page in colors.
 * - `faults`: those whose meaning is in the color alone
 * - `badges`, `lines`: the numbers of badges and of changed lines
 * @typedef {{ faults: string[], badges: number, lines: number }} ColoredParts
 */

/**
 * Finds the parts in colors. A badge has an icon and a word; badges of two colors differ in their
 * word. A changed line has a sign; in the split view it has its side, and a word for readers.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<ColoredParts>}
 */
export function coloredParts(page) {
  return page.evaluate(inspect)
}

/** Runs in the page. */
function inspect() {
  /** @type {string[]} */
  const faults = []
  /** The color of each word of a badge. @type {Map<string, string>} */
  const colors = new Map()
  const badges = [...document.querySelectorAll('.badge')].filter(each => each.checkVisibility())
  for (const badge of badges) {
    const word = badge.textContent?.trim() ?? ''
    const icon = badge.querySelector('svg use')?.getAttribute('href') ?? ''
    const drawn = icon.startsWith('#i-') && document.getElementById(icon.slice(1)) !== null
    const width = badge.querySelector('svg')?.getBoundingClientRect().width ?? 0
    if (!drawn || width === 0) faults.push(`no icon: ${badge.outerHTML}`)
    if (!/\p{L}/u.test(word)) faults.push(`no word: ${badge.outerHTML}`)
    const color = ['allow', 'hold', 'review', 'deny', 'plain'].find(kind =>
      badge.classList.contains(kind),
    )
    if ((colors.get(word) ?? color) !== color) faults.push(`two colors: ${word}`)
    colors.set(word, color ?? '')
  }
  /** @param {string} selector @param {(cell: HTMLTableCellElement) => boolean} isMarked */
  const count = (selector, isMarked) => {
    const cells = /** @type {HTMLTableCellElement[]} */ ([...document.querySelectorAll(selector)])
    for (const cell of cells) {
      if (!isMarked(cell)) faults.push(`no sign: ${cell.outerHTML.slice(0, 200)}`)
    }
    return cells.length
  }
  /** @param {HTMLTableCellElement} cell @param {number} side */
  const isSplit = (cell, side) => {
    return cell.cellIndex === side && Boolean(cell.querySelector('.sr')?.textContent?.trim())
  }
  const lines =
    count('tr.add > .sign', cell => cell.textContent?.trim() === '+') +
    count('tr.del > .sign', cell => cell.textContent?.trim() === '-') +
    count('tr.moved > .sign', cell => cell.textContent?.trim() === '>') +
    count('td.code.del', cell => isSplit(cell, 1)) +
    count('td.code.add', cell => isSplit(cell, 3))
  return { faults, badges: badges.length, lines }
}
