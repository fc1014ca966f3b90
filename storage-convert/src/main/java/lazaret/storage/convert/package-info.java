/// The conversion of a store into one on another engine.
@NullMarked
package lazaret.storage.convert;

import org.jspecify.annotations.NullMarked;
