/// Explanation of versions, reviews, detonation evidence.
@NullMarked
package lazaret.vetting.desk.review;

import org.jspecify.annotations.NullMarked;
