@NullMarked
package lazaret.vetting.inspect.syntax;

import org.jspecify.annotations.NullMarked;
