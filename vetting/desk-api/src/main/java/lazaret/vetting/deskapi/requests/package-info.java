/// Requests and replies about versions that clients requested and did not get.
@NullMarked
package lazaret.vetting.deskapi.requests;

import org.jspecify.annotations.NullMarked;
