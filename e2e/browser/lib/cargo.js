// @ts-check
// Real cargo in projects of their own, each run with an empty home as in CI.

import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The result of a run. @typedef {{ passed: boolean, text: string }} Result */

export class CargoProject {
  /**
   * @param {string} folder the folder of its manifest
   * @param {{ url: string, secret: string, rust: string }} settings the gate, the secret of a token
   *   and the folder of cargo
   */
  constructor(folder, settings) {
    this.folder = folder
    this.settings = settings
  }

  /**
   * Creates a project with one dependency.
   * @param {string} parent an existing folder
   * @param {string} crate the dependency, which the code calls
   * @param {{ url: string, secret: string, rust: string }} settings
   */
  static async create(parent, crate, settings) {
    const folder = await mkdtemp(join(parent, 'project-'))
    const name = crate.replaceAll('-', '_')
    await mkdir(join(folder, 'src'))
    await writeFile(join(folder, 'src/main.rs'), `fn main() {\n    ${name}::touch();\n}\n`)
    const head = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n'
    await writeFile(join(folder, 'Cargo.toml'), `${head}\n[dependencies]\n${crate} = "1"\n`)
    return new CargoProject(folder, settings)
  }

  /**
   * Runs cargo with an empty home, so that nothing is cached.
   * @param {...string} command
   * @returns {Promise<Result>}
   */
  async cargo(...command) {
    const home = await mkdtemp(join(this.folder, 'home-'))
    const { url, secret, rust } = this.settings
    const source = '[source.crates-io]\nreplace-with = "lazaret"\n'
    const registry = `[registries.lazaret]\nindex = "sparse+${url}/index/"\n`
    const provider = 'credential-provider = "cargo:token"\n'
    await writeFile(join(home, 'config.toml'), `${source}\n${registry}${provider}`)
    return run(join(rust, 'cargo'), command, this.folder, {
      PATH: `${rust}:${process.env.PATH}`,
      HOME: home,
      CARGO_HOME: home,
      CARGO_TERM_COLOR: 'never',
      CARGO_REGISTRIES_LAZARET_TOKEN: secret,
    })
  }

  /**
   * Changes the lockfile to one version, as an update in a branch does.
   * @param {string} crate
   * @param {string} version
   */
  async choose(crate, version) {
    const { passed, text } = await this.cargo('update', crate, '--precise', version)
    if (!passed) throw new Error(`cannot choose ${crate} ${version}: ${text}`)
  }

  /** Builds as CI does: with the lockfile as it is. */
  build() {
    return this.cargo('build', '--locked')
  }
}

/**
 * @param {string} program
 * @param {string[]} command
 * @param {string} cwd
 * @param {Record<string, string>} env the whole environment
 * @returns {Promise<Result>}
 */
function run(program, command, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, command, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', part => (text += part))
    child.on('error', reject)
    child.on('close', code => resolve({ passed: code === 0, text }))
  })
}
