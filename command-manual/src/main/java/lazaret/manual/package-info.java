/// Manual pages of the programs, with completions for shells.
@NullMarked
package lazaret.manual;

import org.jspecify.annotations.NullMarked;
