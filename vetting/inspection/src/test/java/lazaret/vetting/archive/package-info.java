@NullMarked
package lazaret.vetting.archive;

import org.jspecify.annotations.NullMarked;
