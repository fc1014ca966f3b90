/// Behavior of Rust code: what a source does with its texts and values, followed through names, so
/// that a signal does not hang on one literal. Depends on tokens only.
@NullMarked
package lazaret.vetting.inspect.behavior;

import org.jspecify.annotations.NullMarked;
