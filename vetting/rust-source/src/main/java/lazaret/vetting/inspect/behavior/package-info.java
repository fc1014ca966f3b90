/// The behavior of Rust code: the use of its texts and values, followed through names.
///
/// A signal therefore does not depend on one literal. The package uses only tokens. Unless stated
/// otherwise, an instance serves the scan of one source and is not thread-safe.
@NullMarked
package lazaret.vetting.inspect.behavior;

import org.jspecify.annotations.NullMarked;
