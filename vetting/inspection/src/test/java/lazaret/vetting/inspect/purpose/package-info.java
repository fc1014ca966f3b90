@NullMarked
package lazaret.vetting.inspect.purpose;

import org.jspecify.annotations.NullMarked;
