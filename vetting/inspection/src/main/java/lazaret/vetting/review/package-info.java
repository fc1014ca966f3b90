/// The difference between two artifacts of one crate for a reviewer, in reading order and with its
/// size.
@NullMarked
package lazaret.vetting.review;

import org.jspecify.annotations.NullMarked;
