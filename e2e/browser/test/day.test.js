// @ts-check
// The day of a reviewer as one story: each step continues the one before. Every person uses the
// keyboard alone; the keys are counted.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isFault, start } from '../lib/browser.js'
import { CargoProject } from '../lib/cargo.js'
import { gate, token, variable } from '../lib/gate.js'
import { hasFocus } from '../lib/keyboard.js'
import { Person } from '../lib/person.js'
import { startProvider } from '../lib/provider.js'

const desk = gate('DAY')
const issuer = variable('DAY_ISSUER')
const QUEUE = `${desk.url}/desk/queue`
const SEAL = `${desk.url}/desk/crates/page-seal/1.1.0`

/** The token of the machine that builds. */
const CI = 'ci-web-service'

/** `relay-codec` requires `frame-bits`: a closure of two versions. */
const CLOSURE = ['frame-bits', 'relay-codec']

describe('the day of a reviewer', () => {
  /** @type {import('playwright-core').Browser} */
  let browser
  /** @type {import('node:http').Server} */
  let provider
  /** @type {CargoProject} */
  let service
  /** @type {CargoProject} */
  let sealer
  /** @type {Person} */
  let lena
  /** @type {Person} */
  let mara
  /** @type {Person} */
  let jonas
  /** The address in the refusal. */
  let address = ''
  /** The time at which CI failed. */
  let failed = 0
  let broken = false

  before(async () => {
    provider = await startProvider(issuer, desk.url)
    browser = await start()
    const secret = await token(desk, CI, 'reader')
    const settings = { url: desk.url, secret, rust: variable('DAY_RUST') }
    service = await CargoProject.create(variable('DAY_FOLDER'), 'relay-codec', settings)
    sealer = await CargoProject.create(variable('DAY_FOLDER'), 'page-seal', settings)
    lena = await Person.arrive(browser, 'lena')
    mara = await Person.arrive(browser, 'mara')
    jonas = await Person.arrive(browser, 'jonas')
  })

  after(async () => {
    await browser.close()
    provider.closeAllConnections()
    provider.close()
  })

  /**
   * A step. It is skipped if one before it failed.
   * @param {string} name
   * @param {(t: import('node:test').TestContext) => Promise<void>} act
   */
  function step(name, act) {
    test(name, async t => {
      if (broken) return t.skip('a step before it failed')
      broken = true
      await act(t)
      for (const { name, reports } of [lena, mara, jonas]) {
        assert.deepEqual(reports.filter(isFault), [], name)
      }
      broken = false
    })
  }

  step('a build in CI passes with the versions of its lockfile', async () => {
    for (const project of [service, sealer]) {
      await project.cargo('generate-lockfile')
      const { passed, text } = await project.build()
      assert.ok(passed, text)
    }
  })

  step('an update chooses two young versions, and CI fails with an address', async () => {
    for (const crate of CLOSURE) await service.choose(crate, '1.1.0')
    const { passed, text } = await service.build()
    failed = Date.now()
    assert.equal(passed, false)
    // Cargo prints the first of the two refusals that it gets.
    assert.match(text, /BLOCKED (relay-codec|frame-bits) 1\.1\.0: /)
    address = /Ask: (\S+)/.exec(text)?.[1] ?? ''
    assert.match(address, /\/desk\/request\/(relay-codec|frame-bits)\/1\.1\.0$/)
  })

  step('the address leads through sign-in to the form, and the developer asks', async t => {
    const { page, keys } = lena
    await lena.signIn(address, issuer)
    await keys.reach(page.getByLabel('What do you need from it?'))
    await keys.type('fixes the frames that we lost on Monday')
    const ask = page.getByRole('button', { name: 'Ask for this version' })
    await keys.follow(ask, at => at.searchParams.has('done'))
    assert.match(await lena.text(), /The request is recorded[^]*No decision yet/)
    await lena.fits()
    t.diagnostic(`the developer: ${keys}`)
  })

  step('a reviewer signs in at the provider, and finds the closure in the queue', async () => {
    const { page, keys } = mara
    await mara.signIn(`${desk.url}/desk/status`, issuer)
    await Promise.all([page.waitForURL(QUEUE), keys.press('g', 'q')])
    const group = await page.locator('.group', { hasText: 'relay-codec' }).innerText()
    assert.match(group, /relay-codec 1\.1\.0 and the version that it adds/)
    assert.match(group, /lena[^]*fixes the frames that we lost on Monday/)
    await mara.fits()
    await keys.press('j')
    assert.equal(await hasFocus(page.locator('.item .crate').first()), true)
    const order = page.getByRole('link', { name: /^Review in order/ })
    await keys.press('Shift+Tab', 'Shift+Tab')
    assert.equal(await hasFocus(order), true)
    await keys.follow(order, at => at.pathname === '/desk/review')
    await mara.fits()
    const begin = page.getByRole('link', { name: 'Review in order', exact: true })
    await keys.follow(begin, at => at.pathname.includes('/crates/'))
    await mara.fits()
  })

  step('the reviewer reads each changed line, notes one and approves the closure', async t => {
    const { page, keys } = mara
    await mara.readAll()
    await mara.note('the variable is public')
    await mara.approve('read every line: it only sets a variable')
    assert.match(await mara.said(), /1\.1\.0 is approved by mara\. In force now/)
    const next = page.locator('#say').getByRole('link', { name: /1\.1\.0, \d+ lines/ })
    const first = new URL(page.url()).pathname
    await keys.follow(next, at => at.pathname !== first)
    await mara.readAll()
    await mara.approve('read every line: it only calls the other one')
    const seconds = ((Date.now() - failed) / 1000).toFixed(1)
    assert.match(await mara.said(), /1\.1\.0 is approved by mara\. In force now/)
    t.diagnostic(`the reviewer: ${keys}`)
    t.diagnostic(`from "CI failed" to "approved with evidence": ${seconds} s`)
  })

  step('the developer sees who decided and why, and the same build passes', async () => {
    const { page } = lena
    await page.reload()
    const decided = await lena.text()
    assert.match(decided, /Served[^]*mara approved it (today|yesterday)[^]*read every line/)
    await page.goto(`${desk.url}/desk/people/me/requests`)
    assert.match(await lena.text(), /Your requests[^]*1\.1\.0[^]*Approved by mara: read every line/)
    await lena.fits()
    const { passed, text } = await service.build()
    assert.ok(passed, text)
  })

  step('one person is not enough for a release that opens a connection', async () => {
    const { page, keys } = mara
    await sealer.choose('page-seal', '1.1.0')
    assert.match((await sealer.build()).text, /BLOCKED page-seal 1\.1\.0: /)
    await Promise.all([page.waitForURL(QUEUE), keys.press('g', 'q')])
    await mara.listed('page-seal')
    await keys.press('j')
    await Promise.all([page.waitForURL(SEAL), keys.press('Enter')])
    await mara.fits()
    const review = page.getByRole('link', { name: 'Review', exact: true })
    await keys.follow(review, at => at.href === `${SEAL}/review`)
    await walk(mara)
    await mara.readAll()
    await mara.approve('the connection is to a closed port of the same machine')
    for (const again of [false, true]) {
      if (again) await mara.approve('as before')
      assert.match(await mara.said(), /Not served yet: mara approved it, and a second person must/)
      assert.match((await sealer.build()).text, /BLOCKED page-seal 1\.1\.0: /)
    }
  })

  step('a second person approves it, and the build passes', async () => {
    const { page, keys } = jonas
    await jonas.signIn(`${QUEUE}?tab=second-person`, issuer)
    assert.match(await jonas.text(), /1 version needs a second person[^]*page-seal 1\.1\.0/)
    await keys.press('j', 'Tab')
    await Promise.all([page.waitForURL(`${SEAL}/review`), keys.press('Enter')])
    await jonas.readAll()
    await jonas.approve('I read it, too: nothing listens there')
    assert.match(await jonas.said(), /approved by jonas\. In force now/)
    const { passed, text } = await sealer.build()
    assert.ok(passed, text)
  })

  step('a revocation stops the next build, and the page names who has the version', async () => {
    const { page } = jonas
    await jonas.revoke('the port is open on the build machines')
    assert.match(await jonas.said(), /revoked by jonas\. In force now/)
    const { passed, text } = await sealer.build()
    assert.equal(passed, false)
    assert.match(text, /BLOCKED page-seal 1\.1\.0: revoked: jonas/)
    await page.goto(SEAL)
    const holders = await page.getByRole('region', { name: 'In use by' }).innerText()
    assert.match(holders, new RegExp(`${CI} at 127\\.0\\.0\\.1, last (today|yesterday)`))
    await jonas.fits()
  })
})

/**
 * Walks through a review by each key that moves, and marks and unmarks a hunk.
 * @param {Person} who
 */
async function walk(who) {
  const { page, keys } = who
  const at = () => page.evaluate(() => document.activeElement?.id ?? '')
  await who.compared()
  const changed = page.locator('#code .hunk.done, #code textarea')
  const before = await changed.count()
  await keys.press('x', 'X', 'c')
  assert.equal(await changed.count(), before, 'a key acted without a focused hunk')
  await keys.press('j')
  const first = await at()
  await keys.press('n')
  const second = await at()
  assert.notEqual(second, first)
  await keys.press('p')
  assert.equal(await at(), first)
  await keys.press('j')
  assert.equal(await at(), second)
  await keys.press('k')
  assert.equal(await at(), first)
  await keys.press(']')
  assert.match(await page.locator(':focus').innerText(), /reaches the network/)
  assert.equal(await page.locator(':focus').evaluate(each => each.matches('.finding')), true)
  await keys.press('[')
  for (const pressed of ['true', 'false']) {
    await keys.press('x')
    await page.locator(`[id="${first}"] .seen[aria-pressed=${pressed}]`).waitFor()
    await page.locator('#live', { hasText: pressed === 'true' ? /^Seen/ : /^Not seen/ }).waitFor()
  }
  await page.reload()
}
