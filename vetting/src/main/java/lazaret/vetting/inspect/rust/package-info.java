/// Rust source as tokens (Rust reference, *Lexical structure*). Made for sources that want to hide
/// something: every byte string has tokens, in linear time, whatever a compiler would say of it.
@NullMarked
package lazaret.vetting.inspect.rust;

import org.jspecify.annotations.NullMarked;
