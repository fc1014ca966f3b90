/// Tests of tokens over a store in memory.
@NullMarked
package lazaret.vetting.desk.access;

import org.jspecify.annotations.NullMarked;
