/// The JSON reader of the product with its canonical writer.
@NullMarked
package lazaret.vetting.json;

import org.jspecify.annotations.NullMarked;
