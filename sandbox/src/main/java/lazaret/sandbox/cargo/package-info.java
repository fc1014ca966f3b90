/// What the sandbox must know of cargo: where the real toolchain stands behind rustup, where the
/// project begins, and which arguments keep a build to what it was given.
@NullMarked
package lazaret.sandbox.cargo;

import org.jspecify.annotations.NullMarked;
