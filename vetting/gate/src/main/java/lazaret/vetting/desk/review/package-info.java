/// Explanation of versions, reviews.
@NullMarked
package lazaret.vetting.desk.review;

import org.jspecify.annotations.NullMarked;
