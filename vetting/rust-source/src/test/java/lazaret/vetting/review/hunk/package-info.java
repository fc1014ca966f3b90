@NullMarked
package lazaret.vetting.review.hunk;

import org.jspecify.annotations.NullMarked;
