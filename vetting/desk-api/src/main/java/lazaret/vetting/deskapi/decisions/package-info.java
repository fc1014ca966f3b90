/// Requests and replies about decisions on versions.
@NullMarked
package lazaret.vetting.deskapi.decisions;

import org.jspecify.annotations.NullMarked;
