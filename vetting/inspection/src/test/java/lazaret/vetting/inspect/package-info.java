@NullMarked
package lazaret.vetting.inspect;

import org.jspecify.annotations.NullMarked;
