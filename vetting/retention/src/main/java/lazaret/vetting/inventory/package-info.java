/// The stored artifacts: the reasons to keep each of them, the rules for the removal of others.
@NullMarked
package lazaret.vetting.inventory;

import org.jspecify.annotations.NullMarked;
