/// The proof by which a server shows, over a connection without TLS, that it knows the hash of a
/// token before a client sends the token.
@NullMarked
package lazaret.mirror.proof;

import org.jspecify.annotations.NullMarked;
