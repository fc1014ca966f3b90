/// The following of a registry by its update feeds, with its daily dump as the ground truth.
@NullMarked
package lazaret.mirror.following;

import org.jspecify.annotations.NullMarked;
