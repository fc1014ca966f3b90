/// Values of the operations on the server or its store.
@NullMarked
package lazaret.vetting.deskapi.store;

import org.jspecify.annotations.NullMarked;
