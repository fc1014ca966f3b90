@NullMarked
package lazaret.vetting;

import org.jspecify.annotations.NullMarked;
