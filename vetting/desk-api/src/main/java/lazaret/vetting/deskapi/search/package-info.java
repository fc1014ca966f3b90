/// Values of the operations that search the records of the store.
@NullMarked
package lazaret.vetting.deskapi.search;

import org.jspecify.annotations.NullMarked;
