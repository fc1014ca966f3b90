/// What a reviewer reads: the difference between two artefacts of one crate, in the order in which
/// it is worth reading, and how much there is of it.
@NullMarked
package lazaret.vetting.review;

import org.jspecify.annotations.NullMarked;
