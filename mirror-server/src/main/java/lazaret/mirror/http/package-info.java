/// Values of HTTP that all request handlers share.
@NullMarked
package lazaret.mirror.http;

import org.jspecify.annotations.NullMarked;
