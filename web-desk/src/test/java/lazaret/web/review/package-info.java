/// Tests of the pages on which a person reads and decides.
@NullMarked
package lazaret.web.review;

import org.jspecify.annotations.NullMarked;
