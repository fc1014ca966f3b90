/// The only JSON of the product: a bounded reader, a canonical writer.
@NullMarked
package lazaret.vetting.json;

import org.jspecify.annotations.NullMarked;
