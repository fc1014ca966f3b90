/// Recent refusals, kept to explain them to developers.
@NullMarked
package lazaret.vetting.refusals;

import org.jspecify.annotations.NullMarked;
