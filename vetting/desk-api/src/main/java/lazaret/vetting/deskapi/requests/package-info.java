/// Values of the operations on versions that clients requested but did not get.
@NullMarked
package lazaret.vetting.deskapi.requests;

import org.jspecify.annotations.NullMarked;
