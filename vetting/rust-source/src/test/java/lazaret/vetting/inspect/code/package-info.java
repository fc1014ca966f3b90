@NullMarked
package lazaret.vetting.inspect.code;

import org.jspecify.annotations.NullMarked;
