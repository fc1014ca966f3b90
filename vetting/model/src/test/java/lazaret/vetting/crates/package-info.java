@NullMarked
package lazaret.vetting.crates;

import org.jspecify.annotations.NullMarked;
