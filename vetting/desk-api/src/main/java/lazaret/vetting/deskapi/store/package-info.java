/// Requests and replies about the state of the server and its store.
@NullMarked
package lazaret.vetting.deskapi.store;

import org.jspecify.annotations.NullMarked;
