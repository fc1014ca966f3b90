/// The tokens of one source with matched brackets, constant texts, origins of values.
@NullMarked
package lazaret.vetting.inspect.code;

import org.jspecify.annotations.NullMarked;
