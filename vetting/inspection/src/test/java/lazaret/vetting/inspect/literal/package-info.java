@NullMarked
package lazaret.vetting.inspect.literal;

import org.jspecify.annotations.NullMarked;
