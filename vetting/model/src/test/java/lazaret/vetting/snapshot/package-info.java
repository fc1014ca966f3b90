@NullMarked
package lazaret.vetting.snapshot;

import org.jspecify.annotations.NullMarked;
