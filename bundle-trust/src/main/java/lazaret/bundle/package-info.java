/// The refusals of bundles: their codes, their exception.
@NullMarked
package lazaret.bundle;

import org.jspecify.annotations.NullMarked;
