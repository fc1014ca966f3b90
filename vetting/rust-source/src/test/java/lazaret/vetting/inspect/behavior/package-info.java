@NullMarked
package lazaret.vetting.inspect.behavior;

import org.jspecify.annotations.NullMarked;
