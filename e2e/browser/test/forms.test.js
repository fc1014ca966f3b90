// @ts-check
// The forms of a reviewer without script: the queue, a lockfile, several versions in one decision,
// and a review with its marks. The policy requires that each changed line is read.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isFault, open, PATIENCE, signIn, start } from '../lib/browser.js'
import { call, compared, gate, token } from '../lib/gate.js'
import { openReview } from '../lib/review.js'

const desk = gate('DAY')
const QUEUE = `${desk.url}/desk/queue`

/** The person who decides; the name of her token. */
const REVIEWER = 'una'

/** Young versions, each with a changed build script. The second one requires the first one. */
const CRATES = ['frame-bits', 'relay-codec', 'page-seal', 'loss-log', 'tone-map', 'wave-cut']

/** What a refusal names of a version. */
const MISSING = 'policy requires [^:]+: \\d+ lines? left'

/** @param {string} crate */
const review = crate => `${desk.url}/desk/crates/${crate}/1.1.0/review`

/**
 * Returns what the gate knows of the young version of a crate.
 * @param {string} crate
 */
function known(crate) {
  return call(desk, 'GET', `/crates/${crate}/1.1.0`)
}

/**
 * Returns the decisions on the young version of a crate, the oldest first.
 * @param {string} crate
 * @returns {Promise<string[]>} each as `KIND by PERSON: REASON`
 */
async function decisions(crate) {
  const { decisions } = await known(crate)
  return decisions.map(({ kind, by, reason }) => `${kind} by ${by}: ${reason}`)
}

describe('without script, a reviewer', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('playwright-core').Page} */
  let page
  /** @type {string[]} */
  let reports

  before(async () => {
    const asker = { url: desk.url, token: await token(desk, 'asker', 'requester') }
    for (const crate of CRATES) {
      await compared(desk, `/crates/${crate}/1.1.0`)
      await call(asker, 'POST', '/requests', { spec: `${crate}@1.1.0`, reason: 'a fault' })
    }
    browser = await start()
    const opened = await open(browser, { javaScriptEnabled: false })
    page = opened.page
    reports = opened.reports
    await signIn(page, desk, await token(desk, REVIEWER, 'reviewer'))
  })

  after(() => browser.close())

  /**
   * Presses a button or a link, and waits for the page that follows.
   * @param {import('playwright-core').Locator} control
   */
  async function send(control) {
    const loaded = page.waitForEvent('load')
    await control.click()
    await loaded
  }

  /** @param {string | RegExp} name */
  const button = name => page.getByRole('button', { name, exact: true })

  /** Returns the sentence about the last form. */
  const said = () => page.locator('#say').innerText()

  /** @param {string} reason */
  const giveReason = reason => page.getByLabel('Reason', { exact: true }).fill(reason)

  /** @param {string} crate */
  const pick = crate => page.getByLabel(`Select ${crate} 1.1.0`, { exact: true })

  /**
   * Opens the queue, and waits until it has the versions of some crates.
   * @param {string[]} crates
   */
  async function openQueue(crates) {
    const end = Date.now() + PATIENCE
    await page.goto(QUEUE)
    for (const crate of crates) {
      while (!(await pick(crate).count())) {
        assert.ok(Date.now() < end, `${crate} is not in the queue`)
        await page.waitForTimeout(250)
        await page.reload()
      }
    }
  }

  /**
   * Opens the review of a version, and marks each hunk as seen with its button.
   * @param {string} crate
   */
  async function readAll(crate) {
    const unread = page.locator('#code .hunk[data-must]:not(.done)')
    await openReview(page, review(crate))
    assert.ok(await unread.count(), `nothing must be read of ${crate}`)
    for (let left = await unread.count(); left > 0; left--) {
      const id = await unread.first().getAttribute('id')
      await send(unread.first().getByRole('button', { name: /^Mark as seen/ }))
      assert.ok(page.url().endsWith(`#${id}`), page.url())
      await page.locator(`[id="${id}"].done`).waitFor()
    }
    assert.equal(await unread.count(), 0)
    assert.equal(await page.locator('.strip [data-count=left]').innerText(), '0')
  }

  /**
   * Records the decision that the form of the review has.
   * @param {string} reason
   */
  async function record(reason) {
    await page.locator('#reason').fill(reason)
    await send(page.locator('#record'))
  }

  test('assigns a request and denies several versions with one reason', async () => {
    await openQueue(['loss-log', 'tone-map', 'page-seal'])
    await pick('page-seal').check()
    await send(button('Assign to me'))
    assert.match(await said(), /The selected requests are assigned to you/)
    const row = page.locator('.item', { has: pick('page-seal') })
    assert.match(await row.locator('.waits').innerText(), new RegExp(REVIEWER))
    for (const crate of ['loss-log', 'tone-map']) await pick(crate).check()
    await send(button('Deny with one reason'))
    const named = await page.locator('main').innerText()
    for (const crate of ['loss-log', 'tone-map']) assert.ok(named.includes(`${crate}@1.1.0`), named)
    await giveReason('two writers of logs are enough')
    await send(button('Record denial'))
    assert.match(await said(), /The selected versions are denied\. In force now/)
    for (const crate of ['loss-log', 'tone-map']) {
      assert.equal(await pick(crate).count(), 0, `${crate} still waits`)
      const expected = `deny by ${REVIEWER}: two writers of logs are enough`
      assert.deepEqual(await decisions(crate), [expected])
    }
    assert.equal(await pick('page-seal').count(), 1)
  })

  test('pastes a lockfile and decides on its version', async () => {
    const { cksum } = await known('page-seal')
    const source = 'registry+https://github.com/rust-lang/crates.io-index'
    const fields = { name: 'page-seal', version: '1.1.0', source, checksum: cksum }
    const lines = Object.entries(fields).map(([name, value]) => `${name} = "${value}"`)
    await page.goto(`${desk.url}/desk/lockfiles`)
    await page.getByLabel('Name of the lockfile').fill('web/Cargo.lock')
    const text = `version = 4\n\n[[package]]\n${lines.join('\n')}\n`
    await page.getByLabel('Text of Cargo.lock').fill(text)
    await send(button('Check the lockfile'))
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'web/Cargo.lock')
    assert.match(await page.locator('main').innerText(), /1 of 1 version is not served/)
    await send(button('Deny with one reason'))
    assert.match(await said(), /Nothing was recorded\. Nothing is selected/)
    await pick('page-seal').check()
    await giveReason('it opens a connection')
    await send(button('Deny with one reason'))
    assert.match(await said(), /Recorded: 1 version denied\. In force now/)
    const row = page.locator('tr', { has: pick('page-seal') })
    assert.match(await row.innerText(), /Deny/)
    assert.deepEqual(await decisions('page-seal'), [`deny by ${REVIEWER}: it opens a connection`])
  })

  test('approves a closure in one decision, once its lines are read', async () => {
    const closure = ['frame-bits', 'relay-codec']
    await openQueue(closure)
    for (const crate of closure) await pick(crate).check()
    await send(button('Review together'))
    const list = page.url()
    assert.match(list, /\/desk\/review\?versions=/)
    await giveReason('both are ours')
    await send(button('Record 2 approvals'))
    const refusal = await said()
    assert.match(refusal, /^Nothing was recorded\./)
    for (const crate of closure) {
      assert.match(refusal, new RegExp(`${crate} 1\\.1\\.0: ${MISSING}`))
      assert.deepEqual(await decisions(crate), [])
    }
    assert.equal(await page.getByLabel('Reason', { exact: true }).inputValue(), 'both are ours')
    await readAll('frame-bits')
    await page.goto(list)
    await giveReason('read one of them')
    await send(button('Record 2 approvals'))
    assert.match(await said(), new RegExp(`relay-codec 1\\.1\\.0: ${MISSING}`))
    assert.doesNotMatch(await said(), /frame-bits/)
    assert.deepEqual(await decisions('frame-bits'), [], 'a part of the closure is approved')
    await readAll('relay-codec')
    await page.goto(list)
    await giveReason('read every line of both')
    await send(button('Record 2 approvals'))
    assert.match(await said(), /Recorded: 2 versions are approved\. In force now/)
    assert.equal(await button(/^Record/).count(), 0, 'approved versions have a form')
    for (const crate of closure) {
      const { served, decisions } = await known(crate)
      assert.equal(served, true, `${crate} is not served`)
      assert.equal(decisions.length, 1)
      assert.equal(decisions[0].reason, 'read every line of both')
      const shares = decisions[0].context.reading.join(', ')
      const [, read, lines] = /build-script (\d+)\/(\d+)/.exec(shares) ?? []
      assert.ok(read && read === lines, `the ledger has ${shares}`)
    }
  })

  test('takes a denial back with a new decision, after marks as seen', async () => {
    await openReview(page, review('wave-cut'))
    await page.locator('#decide label', { hasText: 'Deny' }).click()
    await record('not needed')
    assert.match(await said(), /wave-cut 1\.1\.0 is denied by una\. In force now/)
    await send(page.getByRole('link', { name: 'Take it back' }))
    assert.equal(await page.locator('#decide [name=kind][value=approve]').isChecked(), true)
    await page.locator('#criteria').selectOption('safe-to-deploy')
    await record('needed after all')
    assert.match(await said(), new RegExp(`Nothing was recorded\\. .*${MISSING}`))
    await readAll('wave-cut')
    await page.locator('#criteria').selectOption('safe-to-deploy')
    await record('needed after all, and read')
    assert.match(await said(), /wave-cut 1\.1\.0 is approved by una\. In force now/)
    assert.deepEqual(await decisions('wave-cut'), [
      `deny by ${REVIEWER}: not needed`,
      `approve by ${REVIEWER}: needed after all, and read`,
    ])
    const { events } = await call(desk, 'GET', '/events?only=decisions&name=wave-cut')
    const young = events.map(event => event.decision).filter(each => each.version === '1.1.0')
    assert.deepEqual(young.map(each => each.kind), ['deny', 'approve'])
    await page.goto(`${desk.url}/desk/crates/wave-cut/1.1.0`)
    const history = await page.getByRole('region', { name: 'History' }).innerText()
    assert.match(history, /approved it[^]*needed after all, and read[^]*denied it[^]*not needed/)
    await page.goto(`${desk.url}/desk/events?crate=wave-cut`)
    const entries = await page.locator('main').innerText()
    assert.match(entries, /needed after all, and read[^]*not needed/)
  })

  test('sees no message of the browser', () => {
    assert.deepEqual(reports.filter(isFault), [])
  })
})
