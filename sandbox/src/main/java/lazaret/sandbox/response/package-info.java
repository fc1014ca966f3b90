/// The bounded reader of HTTP/1.1 responses.
@NullMarked
package lazaret.sandbox.response;

import org.jspecify.annotations.NullMarked;
