/// Recent refusals, so that a developer can ask why.
@NullMarked
package lazaret.vetting.refusals;

import org.jspecify.annotations.NullMarked;
