/// Tests of the server as a whole, and what they share.
@NullMarked
package lazaret.mirror;

import org.jspecify.annotations.NullMarked;
