/// Advisories in one form, with their affected versions, their groups, the age of their feeds.
@NullMarked
package lazaret.vetting.advisory;

import org.jspecify.annotations.NullMarked;
