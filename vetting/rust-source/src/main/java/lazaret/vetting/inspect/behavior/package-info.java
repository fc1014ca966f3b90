/// The behavior of one source, found by following its values through names.
///
/// A signal therefore does not depend on one literal. The package uses only tokens. Unless stated
/// otherwise, an instance serves the scan of one source and is not thread-safe.
@NullMarked
package lazaret.vetting.inspect.behavior;

import org.jspecify.annotations.NullMarked;
