// @ts-check
// Every page, light and dark, in three sizes: accessible, as wide as the window, without messages,
// and with no meaning in colors alone.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { isFault, open, scrollsSideways, signIn, start, views } from '../lib/browser.js'
import { call, compared, gate, token, variable } from '../lib/gate.js'
import { coloredParts } from '../lib/meaning.js'
import { isMissing, MISSING, pages, show } from '../lib/pages.js'

const desk = gate('DESK')
const CRATE = variable('DESK_CRATE')
const VERSION = variable('DESK_VERSION')
/** The key of a Git source; absent on a machine without git. */
const GIT = process.env.DESK_GIT
const all = pages(CRATE, VERSION, GIT)
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** @type {import('playwright-core').Browser} */
let browser

before(async () => {
  await compared(desk, `/crates/${CRATE}/${VERSION}`)
  browser = await start()
})

after(() => browser.close())

/** The numbers of badges and of changed lines on all pages. */
const colored = { badges: 0, lines: 0 }

/** The number of persons who have signed in. */
let persons = 0

/** Whether each page is shown in each color and size, and not in a sample. */
const whole = process.env.DESK_WHOLE === 'true'

/**
 * Returns whether the sample has a color and a size. It has the light one wide, where the pages have
 * parts of their own, and the dark one narrowest; without a session light and wide.
 * @param {boolean} signedIn
 * @param {string} colorScheme
 * @param {string} size
 */
function isInSample(signedIn, colorScheme, size) {
  const isLight = colorScheme === 'light'
  if (size === views[0].name) return isLight
  return signedIn && !isLight && size === views[2].name
}

/** The visits, four at a time: most of the time of a page is the wait for the idle network. */
describe('each page', { concurrency: 4 }, () => {
  for (const signedIn of [true, false]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      for (const { name, ...view } of views) {
        if (!whole && !isInSample(signedIn, colorScheme, name)) continue
        const who = signedIn ? 'signed in' : 'not signed in'
        const options = { colorScheme, ...view }
        // The pages of a visit share a window, so they come one after the other.
        describe(`${who}, ${colorScheme}, ${name}`, { concurrency: 1 }, () =>
          visit(signedIn, options),
        )
      }
    }
  }
})

if (!GIT) test('the pages of a Git source', { skip: 'git is not installed' })

test('badges and changed lines were among the pages', () => {
  assert.ok(colored.badges > 0, 'no page had a badge')
  assert.ok(colored.lines > 0, 'no page had a changed line')
})

/**
 * Returns the gate with the token of a new person, who has requested the version. The gate takes
 * five unknown codes of a person in a minute.
 */
async function person() {
  const made = { ...desk, token: await token(desk, `visitor-${++persons}`, 'admin') }
  await call(made, 'POST', '/requests', { spec: `${CRATE}@${VERSION}`, reason: 'a visit' })
  return made
}

/**
 * Visits each page in a context of its own kind, and in a second one for the rules.
 * @param {boolean} signedIn
 * @param {import('playwright-core').BrowserContextOptions} options
 */
function visit(signedIn, options) {
  /** @type {Awaited<ReturnType<typeof open>>} */
  let real
  /** @type {Awaited<ReturnType<typeof open>>} */
  let lifted

  before(async () => {
    real = await open(browser, options)
    if (signedIn) await signIn(real.page, await person())
    const storageState = await real.context.storageState()
    // The checker is a script of another origin: the policy would refuse it.
    lifted = await open(browser, { ...options, storageState, bypassCSP: true })
  })

  after(async () => {
    await real.context.close()
    await lifted.context.close()
  })

  for (const each of all.filter(page => signedIn || page.open)) {
    test(each.name, async t => {
      real.reports.length = 0
      // Both wait for the network to be idle, so they do it at the same time.
      const [status] = await Promise.all(
        [real, lifted].map(opened => show(opened.page, desk.url, each)),
      )
      if (isMissing(each, status)) return t.skip(MISSING)
      assert.equal(status, each.status ?? 200)
      assert.deepEqual(real.reports.filter(isFault), [])
      assert.equal(await scrollsSideways(real.page), false, 'the page scrolls sideways')
      assert.deepEqual(await violations(lifted.page), [])
      const { faults, badges, lines } = await coloredParts(real.page)
      assert.deepEqual(faults, [], 'a meaning is in a color alone')
      colored.badges += badges
      colored.lines += lines
    })
  }
}

/**
 * Returns the violations of all rules, each with the elements. Sticky parts are moved to their place
 * in the page before. Where they stick, they can cover half of a link until the person scrolls.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  await page.evaluate(axe)
  await page.evaluate(() => {
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('*'))) {
      if (getComputedStyle(each).position !== 'sticky') continue
      each.style.position = 'relative'
      each.style.inset = 'auto'
    }
  })
  return page.evaluate(async () => {
    const { axe } = /** @type {any} */ (window)
    const values = axe.getRules().map(rule => rule.ruleId)
    const found = await axe.run(document, { runOnly: { type: 'rule', values } })
    return found.violations.map(
      each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(', ')}`,
    )
  })
}
