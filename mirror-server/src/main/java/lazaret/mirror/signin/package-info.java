/// The connection of the server to providers of identities.
@NullMarked
package lazaret.mirror.signin;

import org.jspecify.annotations.NullMarked;
