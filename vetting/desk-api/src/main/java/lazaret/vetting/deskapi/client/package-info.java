/// The client of the desk API.
@NullMarked
package lazaret.vetting.deskapi.client;

import org.jspecify.annotations.NullMarked;
