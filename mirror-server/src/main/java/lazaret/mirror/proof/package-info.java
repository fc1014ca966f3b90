/// The proof that a server knows the hash of a token. A client without TLS requires it before it
/// sends the token.
@NullMarked
package lazaret.mirror.proof;

import org.jspecify.annotations.NullMarked;
