/// Signing keys in hardware modules by PKCS #11.
@NullMarked
package lazaret.bundle.hardware;

import org.jspecify.annotations.NullMarked;
