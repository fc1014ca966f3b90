/// Tests of the certificate of the server.
@NullMarked
package lazaret.mirror.tls;

import org.jspecify.annotations.NullMarked;
