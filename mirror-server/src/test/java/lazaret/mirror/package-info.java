/// Tests of the server as a whole, and the parts that they share.
@NullMarked
package lazaret.mirror;

import org.jspecify.annotations.NullMarked;
