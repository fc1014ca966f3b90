/// The knowledge of the sandbox about cargo: the location of the toolchain, and the arguments that
/// restrict a build to the fetched crates.
@NullMarked
package lazaret.sandbox.cargo;

import org.jspecify.annotations.NullMarked;
