/// The difference between two artifacts of one crate in the order in which a reviewer reads it.
@NullMarked
package lazaret.vetting.review;

import org.jspecify.annotations.NullMarked;
