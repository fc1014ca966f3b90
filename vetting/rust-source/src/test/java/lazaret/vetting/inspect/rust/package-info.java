@NullMarked
package lazaret.vetting.inspect.rust;

import org.jspecify.annotations.NullMarked;
