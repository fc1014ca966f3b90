@NullMarked
package lazaret.vetting.inspect.source;

import org.jspecify.annotations.NullMarked;
