/// Identities that other systems attest.
@NullMarked
package lazaret.signin;

import org.jspecify.annotations.NullMarked;
