/// The pages on which a person reads the difference of a version, decides on it, or reads one file.
@NullMarked
package lazaret.web.review;

import org.jspecify.annotations.NullMarked;
