/// The interface of the sandbox, which runs a command such as `cargo build` with access to only the
/// given files.
///
/// The implementation is in the subpackages. They depend on this package, which does not depend on
/// them.
@NullMarked
package lazaret.sandbox;

import org.jspecify.annotations.NullMarked;
