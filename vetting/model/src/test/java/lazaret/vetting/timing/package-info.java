@NullMarked
package lazaret.vetting.timing;

import org.jspecify.annotations.NullMarked;
