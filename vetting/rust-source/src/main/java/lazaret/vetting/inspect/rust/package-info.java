/// Rust source as tokens (Rust reference, *Lexical structure*).
///
/// The lexer is made for hostile sources: every byte string has tokens, in linear time, even if a
/// compiler would refuse it.
@NullMarked
package lazaret.vetting.inspect.rust;

import org.jspecify.annotations.NullMarked;
