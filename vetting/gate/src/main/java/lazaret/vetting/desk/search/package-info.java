/// Bounded searches in the records of the store.
@NullMarked
package lazaret.vetting.desk.search;

import org.jspecify.annotations.NullMarked;
