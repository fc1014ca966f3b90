/// The contracts of stores, and tests of public files.
@NullMarked
package lazaret.storage;

import org.jspecify.annotations.NullMarked;
