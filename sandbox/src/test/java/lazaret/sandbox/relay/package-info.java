@NullMarked
package lazaret.sandbox.relay;

import org.jspecify.annotations.NullMarked;
