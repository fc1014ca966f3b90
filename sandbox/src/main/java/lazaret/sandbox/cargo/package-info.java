/// The location of the Rust toolchain with the arguments that restrict a build to the fetched
/// crates.
@NullMarked
package lazaret.sandbox.cargo;

import org.jspecify.annotations.NullMarked;
