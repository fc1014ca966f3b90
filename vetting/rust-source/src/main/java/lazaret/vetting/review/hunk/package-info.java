/// The hunks of the difference of two texts.
@NullMarked
package lazaret.vetting.review.hunk;

import org.jspecify.annotations.NullMarked;
